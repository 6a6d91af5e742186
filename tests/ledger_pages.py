"""A small Markdown as Sentences, by hand or by way of a typeset PDF, for tests of the voice ledger.

Blocks are parted by blank lines: ``# heading``, ``> displayed quotation``, ``1. item`` or
``- item``, ``[^1]: footnote``; the rest is running text. A heading that begins with Box or
Recuadro opens a box.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from rag_agency.pages import Paragraph
from rag_agency.pages.reader import Line
from rag_agency.records import Kind, Page, Sentence, letters_and_digits
from rag_agency.sentences import cut_sentences

SECOND = Path(__file__).parent / "data" / "second_report"
MARK = re.compile(r"^(?:#+ |> ?|\[\^\d+\]: )")
ITEM = re.compile(r"^(?:\d{1,2}[.)]|[-•])\s")
NOTE_MARK = re.compile(r"\[\^\d+\](?!:)")
BOX = re.compile(r"^(?:box|recuadro)\b", re.I)


def sentences_of(markdown: str, lines: int = 0, pages: int = 1) -> tuple[Sentence, ...]:
    """Return the sentences of a Markdown text set in lines of ``lines`` letters on so many pages."""
    blocks = list(_blocks(NOTE_MARK.sub("", markdown)))
    texts: list[list[str]] = [_wrapped(text, lines) for _, text in blocks]
    total = sum(map(len, texts))
    shares = [i * pages // max(total, 1) for i in range(total)]
    printed: list[list[str]] = [[] for _ in range(pages)]
    for share, line in zip(shares, [line for text in texts for line in text], strict=True):
        printed[share].append(line)
    leaves = [Page("t", n + 1, None, "\n".join(ls)) for n, ls in enumerate(printed)]
    set_lines = iter([line for leaf in leaves for line in _lines(leaf)])
    paragraphs = []
    section = ""
    for (kind, text), wrapped in zip(blocks, texts, strict=True):
        section = text if kind == "heading" else section
        boxed: Kind = "box" if BOX.match(section) and kind in ("body", "list") else kind
        paragraphs.append(Paragraph(tuple(next(set_lines) for _ in wrapped), boxed, section))
    return cut_sentences(paragraphs, "t")


def _blocks(markdown: str) -> list[tuple[Kind, str]]:
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.S)
    blocks: list[tuple[Kind, str]] = []
    for chunk in re.split(r"\n\s*\n", body.strip()):
        for part in re.split(r"\n(?=(?:\d{1,2}[.)]|[-•])\s)", chunk.strip()):
            text = " ".join(MARK.sub("", line.strip()) for line in part.splitlines()).strip()
            if text:
                blocks.append((_kind(part), text))
    return blocks


def _kind(part: str) -> Kind:
    if part.startswith("#"):
        return "heading"
    if part.startswith(">"):
        return "block_quote"
    if part.startswith("[^"):
        return "footnote"
    return "list" if ITEM.match(part) else "body"


def _wrapped(text: str, width: int) -> list[str]:
    if not width:
        return [text]
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _lines(page: Page) -> list[Line]:
    found = []
    start = 0
    for text in page.text.split("\n"):
        found.append(Line(page, start, start + len(text), 72.0, 700.0, 10.0, 0.0, 0.0))
        start += len(text) + 1
    return [line for line in found if line.end > line.start]


def typeset(markdown: str, target: Path, *, columns: int = 2, width: float = 170.0) -> Path:
    """Print a Markdown text to a PDF: columns, displayed quotations indented, notes at the foot."""
    import typst

    parts = [
        f'#set page(width: {width}mm, height: 240mm, margin: 18mm, numbering: "1", columns: {columns})',
        "#set text(size: 10pt, hyphenate: true)\n#set par(justify: false, spacing: 1.1em)",
    ]
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.+)$", markdown, re.M))
    for kind, text in _blocks(markdown):
        if kind != "footnote":
            parts.append(_typst(kind, text, notes))
    source = target.with_suffix(".typ")
    source.write_text("\n\n".join(parts), encoding="utf-8")
    typst.compile(str(source), output=str(target))
    return target


def _typst(kind: Kind, text: str, notes: dict[str, str]) -> str:
    pieces = re.split(r"\[\^(\d+)\]", text)
    shown = ""
    for i, piece in enumerate(pieces):
        shown += (
            f"#footnote[#{json.dumps(notes[piece], ensure_ascii=False)}]"
            if i % 2
            else (f"#{json.dumps(piece, ensure_ascii=False)}" if piece else "")
        )
    if kind == "heading":
        return f'#block(above: 1.6em, below: 0.9em)[#text(size: 13pt, weight: "bold")[{shown}]]'
    if kind == "block_quote":
        return f"#pad(left: 8mm, right: 3mm)[{shown}]"
    if kind == "list":
        return f"#pad(left: 4mm)[{shown}]"
    return shown


def gold_of(language: str) -> list[dict[str, object]]:
    """Return the gold ledger of the second report."""
    lines = (SECOND / f"gold.{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def paired(
    sentences: Sequence[Sentence], gold: Sequence[dict[str, object]]
) -> list[tuple[dict[str, object], list[Sentence]]]:
    """Return for each gold sentence the sentences that hold it or are held by it."""
    streams = [letters_and_digits(re.sub(r"\[\^\d+\]", "", s.text)) for s in sentences]
    pairs = []
    for row in gold:
        wanted = letters_and_digits(re.sub(r"\[\^\d+\]", "", str(row["text"])))
        found = [
            s
            for s, stream in zip(sentences, streams, strict=True)
            if stream and (wanted in stream or (len(stream) > 12 and stream in wanted))
        ]
        pairs.append((row, found))
    return pairs


def scored(pairs: Sequence[tuple[dict[str, object], list[Sentence]]]) -> dict[str, float]:
    """Return F1 over (sentence, member), share of wrong pairs, inherited recall, right voices."""
    hit = wrong = missed = right = said = 0
    inherited: list[bool] = []
    for row, found in pairs:
        if row["kind"] == "heading":
            continue
        members = row["members"]
        assert isinstance(members, list)
        gold = {m["member"] for m in members}
        mine = {m.member for s in found for m in s.members}
        hit, wrong, missed = (
            hit + len(gold & mine),
            wrong + len(mine - gold),
            missed + len(gold - mine),
        )
        right += bool(found) and found[0].voice == row["voice"]
        said += 1
        if row["explicit"] is False:
            inherited += [m in mine for m in gold]
    return {
        "f1": 2 * hit / max(2 * hit + wrong + missed, 1),
        "false": wrong / max(hit + wrong, 1),
        "inherited": sum(inherited) / max(len(inherited), 1),
        "voice": right / max(said, 1),
    }
