"""Does search bring the evidence? Ours beside the pipeline that most would take.

    python eval/compare_search.py QUESTIONS.jsonl PDF_OR_FOLDER ...

Prints, for each, the share of evidence quotes that stand in the best passages until 900 words are
used, so that long passages win nothing. A quote counts as found where 60 % of its letters and
digits stand in one passage in one run. The other pipeline is LlamaIndex's sentence splitter at 256 tokens
with all-MiniLM-L6-v2 and a vector index, its documents one a page as its PDF reader gives them.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

from rag_agency import build
from rag_agency.ask import open_index
from rag_agency.asked import understand
from rag_agency.corpus import find_pdfs
from rag_agency.models import open_embedder
from rag_agency.pages import read_document
from rag_agency.records import Question, letters_and_digits
from rag_agency.settings import Settings, from_environment

WORDS = 900
SHARE = 0.6

Searcher = Callable[[Question], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the quotes that answer it."""

    question: Question
    quotes: tuple[str, ...]


def read_questions(path: Path) -> list[Asked]:
    """Read questions that have evidence from JSON lines."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Asked(
            Question(row["question"], history=tuple(row.get("history", ())), language=row["language"]),
            tuple(letters_and_digits(piece["quote"]) for piece in row["evidence"]),
        )
        for row in rows
        if row.get("evidence")
    ]


def recall(asked: Asked, texts: Sequence[str]) -> float:
    """Return the share of quotes found in the first 900 words of the texts."""
    kept, left = [], WORDS
    for text in texts:
        words = text.split()[:left]
        kept.append(letters_and_digits(" ".join(words)))
        left -= len(words)
        if left <= 0:
            break
    return sum(any(_covers(text, quote) for text in kept) for quote in asked.quotes) / len(asked.quotes)


def _covers(text: str, quote: str) -> bool:
    length = ceil(SHARE * len(quote))
    return any(quote[i : i + length] in text for i in range(len(quote) - length + 1))


def ours(pdfs: Sequence[Path], settings: Settings) -> Searcher:
    """Return our search over a fresh index of the PDFs."""
    build(settings, pdfs)
    opened = open_index(settings=settings)

    def search(question: Question) -> Sequence[str]:
        asked = understand(question, opened.index.roster)
        return [passage.text for passage in opened.search(question, asked, 40).passages]

    return search


def stock(pdfs: Sequence[Path], settings: Settings) -> Searcher:
    """Return the usual LlamaIndex pipeline over the same PDFs."""
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.node_parser import SentenceSplitter

    model = open_embedder("all-MiniLM-L6-v2", settings)

    class MiniLM(BaseEmbedding):
        """all-MiniLM-L6-v2 as LlamaIndex asks for it."""

        def _get_query_embedding(self, query: str) -> list[float]:
            return model.embed_queries([query])[0].tolist()

        def _get_text_embedding(self, text: str) -> list[float]:
            return model.embed_passages([text])[0].tolist()

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    pages = [page.text for path in pdfs for page in read_document(path, path.stem).pages]
    nodes = SentenceSplitter(chunk_size=256, chunk_overlap=20).get_nodes_from_documents(
        [Document(text=text) for text in pages]
    )
    index = VectorStoreIndex(nodes, embed_model=MiniLM())
    retriever = index.as_retriever(similarity_top_k=40)
    return lambda question: [
        found.get_content() for found in retriever.retrieve(" ".join([*question.history[-1:], question.text]))
    ]


def main(arguments: Sequence[str]) -> int:
    """Print the comparison; return the exit code."""
    if len(arguments) < 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    asked = read_questions(Path(arguments[0]))
    pdfs = find_pdfs([Path(name) for name in arguments[1:]])
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(from_environment(), index=Path(folder) / "index")
        for name, searcher in (("ours", ours(pdfs, settings)), ("LlamaIndex + MiniLM", stock(pdfs, settings))):
            scores = {lang: [] for lang in ("en", "es")}
            for one in asked:
                scores[one.question.language or "en"].append(recall(one, searcher(one.question)))
            every = [*scores["en"], *scores["es"]]
            parts = [f"{lang} {sum(s) / len(s):.3f} (n {len(s)})" for lang, s in scores.items() if s]
            sys.stdout.write(f"{name:20s} {sum(every) / len(every):.3f} of {len(every)}   {'   '.join(parts)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
