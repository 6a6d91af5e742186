"""Support checkers: does the cited evidence support the claim?

Three of them, all fallible: a lexical screen without any model, any cross-encoder for natural
language inference, any judge behind an OpenAI-compatible endpoint. None of them decides what is
shown or whether a gate holds; ``evaluation`` prints each beside its own error.
"""

from rag_agency.checkers.judge import Endpoint, SupportJudge, Vote, messages, prompt_hash, read_votes
from rag_agency.checkers.lexical import LexicalScreen
from rag_agency.checkers.nli import NliChecker
from rag_agency.checkers.records import Pair, SupportChecker, Verdict

__all__ = [
    "Endpoint",
    "LexicalScreen",
    "NliChecker",
    "Pair",
    "SupportChecker",
    "SupportJudge",
    "Verdict",
    "Vote",
    "messages",
    "prompt_hash",
    "read_votes",
]
