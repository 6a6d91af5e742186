"""Support checkers: does the cited evidence support the claim?

Four of them, all fallible: a lexical screen without any model, any cross-encoder for natural language
inference, a language model asked yes or no, a judge behind an OpenAI-compatible endpoint.
``evaluation`` prints each beside its own error and gates nothing by it. The second and the third may
stand behind the gate for written sentences, where a user sets one up: they can refuse, never let through.
"""

from rag_agency.checkers.judge import Endpoint, SupportJudge, Vote, messages, prompt_hash, read_votes
from rag_agency.checkers.lexical import LexicalScreen
from rag_agency.checkers.nli import NliChecker
from rag_agency.checkers.records import Pair, SupportChecker, Verdict
from rag_agency.checkers.standing import open_checker
from rag_agency.checkers.yes_no import YesNoChecker, read_words

__all__ = [
    "Endpoint",
    "LexicalScreen",
    "NliChecker",
    "Pair",
    "SupportChecker",
    "SupportJudge",
    "Verdict",
    "Vote",
    "YesNoChecker",
    "messages",
    "open_checker",
    "prompt_hash",
    "read_votes",
    "read_words",
]
