"""The baseline that most would take: LlamaIndex's CitationQueryEngine, over our search.

It needs a language model. Where none is at hand, an extractive one stands in: it reads the engine's
own prompt and answers with the sentences of the numbered sources that share most words with the
query, each with its mark. So what is measured is the engine: it always cites, whatever the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rag_agency.ask import OpenIndex
from rag_agency.asked import understand
from rag_agency.evaluation.system import Answerer, Searcher
from rag_agency.language import language_of
from rag_agency.records import Answer, Evidence, Passage, Question, Sentence, letters_and_digits
from rag_agency.words import terms

if TYPE_CHECKING:
    from rag_agency.evaluation.baselines import SurnameCiter

TOP = 6  # passages handed to the engine
PICKED = 2  # sentences that the extractive model answers with
CHUNK = 512  # tokens; the engine's own default, larger than any passage of ours
NUMBERED = re.compile(r"^Source (\d+):\n(.*?)(?=^Source \d+:|^-+$|\Z)", re.M | re.S)
SENTENCE = re.compile(r"(?<=[.!?…])\s+")
MARKED = re.compile(r"\s*(.+?)\s*\[(\d+)\]", re.S)
Complete = Callable[[str], str]


def pick(prompt: str) -> str:
    """Answer the engine's prompt with the sentences that share most words with the query, marked."""
    now = prompt.rpartition("Now it's your turn.")[2]
    query = now.rpartition("Query:")[2].partition("\nAnswer:")[0]
    wanted = set(terms(query, language_of(query)))
    found: list[tuple[int, int, str]] = []
    for number, text in NUMBERED.findall(now.partition("\nQuery:")[0]):
        for sentence in SENTENCE.split(" ".join(text.split())):
            shared = len(wanted & set(terms(sentence, language_of(query))))
            found.append((-shared, len(found), f"{sentence} [{number}]"))
    return " ".join(text for _, _, text in sorted(found)[:PICKED])


def citation_engine(opened: OpenIndex, search: Searcher, cite: SurnameCiter, complete: Complete = pick) -> Answerer:
    """Return the engine as an answerer; its marks are followed back to the sentences of the passage."""
    engine = None

    def answer(question: Question) -> Answer:
        nonlocal engine
        if engine is None:
            engine = _engine(search, complete)
        passages = search(question).passages[:TOP]
        response = engine(question)
        said = [s for text, number in MARKED.findall(response) for s in _sentence(text, number, passages)]
        language = understand(question, opened.index.roster).language
        return cite.answer(question, language, list(dict.fromkeys(said)))

    return answer


def _sentence(text: str, number: str, passages: Sequence[Passage]) -> list[Sentence]:
    """Return the sentence of a passage that a marked piece of text is, if it is one."""
    stream = letters_and_digits(text)
    passage = passages[int(number) - 1] if 0 < int(number) <= len(passages) else None
    found = [s for s in passage.sentences if stream and stream in letters_and_digits(s.text)] if passage else []
    return found[:1]


def _engine(search: Searcher, complete: Complete) -> Callable[[Question], str]:
    from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
    from llama_index.core.llms.custom import CustomLLM
    from llama_index.core.query_engine import CitationQueryEngine
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

    asked: list[Question] = []

    class Ours(BaseRetriever):  # type: ignore[misc]
        """Our search as LlamaIndex asks for it."""

        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            evidence: Evidence = search(asked[-1])
            return [NodeWithScore(node=TextNode(id_=p.id, text=p.text), score=p.score) for p in evidence.passages[:TOP]]

    class Extractive(CustomLLM):  # type: ignore[misc]
        """Completes by picking sentences out of the prompt."""

        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(context_window=16_000, num_output=512, model_name="extractive")

        def complete(self, prompt: str, formatted: bool = False) -> CompletionResponse:
            return CompletionResponse(text=complete(prompt))

        def stream_complete(self, prompt: str, formatted: bool = False) -> CompletionResponseGen:
            raise NotImplementedError("the baseline does not stream")

    engine = CitationQueryEngine(Ours(), llm=Extractive(), citation_chunk_size=CHUNK)

    def run(question: Question) -> str:
        asked.append(question)
        return str(engine.query(question.text))

    return run
