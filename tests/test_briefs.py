"""The corpus's own reports: built from their Markdown, byte for byte, and saying what it says."""

from __future__ import annotations

import filecmp
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdf
import pypdfium2
import pytest

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
MARKDOWN = sorted((CORPUS / "briefs").glob("*.md"))
LOCATOR = re.compile(r"\(Muñoz (?:and|y) Viaña 2012, pp?\. \d+(?:–\d+)?\)")
LIST_ITEM = re.compile(r"(?:\d+\.|[-*]) +")
LAST_SECTION = {"en": "What the report does not say", "es": "Lo que el informe no dice"}


@dataclass(frozen=True)
class Brief:
    """A brief's Markdown, read without the typesetter: what must be found in print."""

    meta: dict[str, str]
    blocks: list[str]
    notes: dict[str, str]

    @property
    def pdf(self) -> Path:
        return CORPUS / f"{self.meta['id']}.pdf"


@cache
def read(path: Path) -> Brief:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    pairs = (line.split(":", 1) for line in front.splitlines() if line.strip())
    meta = {name.strip(): value.strip().strip('"') for name, value in pairs}
    body = re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL)
    notes = dict(re.findall(r"^\[\^(\w+)\]:\s*(.+)$", body, flags=re.MULTILINE))
    body = re.sub(r"^\[\^\w+\]:.*$", "", body, flags=re.MULTILINE)
    blocks = [re.sub(r"\s+", " ", block) for block in re.split(r"\n\s*\n|\n(?=\d+\. |- )", body)]
    return Brief(meta, [block.strip() for block in blocks if block.strip()], notes)


def stream(text: str) -> str:
    """Letters and digits only, as quotes are compared."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def printed(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [stream(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def find_in_pieces(needle: str, text: str, start: int) -> tuple[int, int]:
    """Find ``needle`` from ``start``, in pieces where a page or column ends; the end and a count.

    Between two pieces stand footnotes, a footer and a running head. The end is -1 if it is missing.
    """
    count = 0
    while needle:
        low, high = 0, len(needle)
        while low < high:
            middle = (low + high + 1) // 2
            found = text.find(needle[:middle], start) >= 0
            low, high = (middle, high) if found else (low, middle - 1)
        if low < min(len(needle), 15):
            return -1, count
        start = text.index(needle[:low], start) + low
        needle, count = needle[low:], count + 1
    return start, count


def typeset(*arguments: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(CORPUS / "typeset.py"), *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


each_brief = pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.stem)


def test_rebuilt_pdfs_equal_the_committed_ones(tmp_path: Path) -> None:
    done = typeset(CORPUS / "briefs", tmp_path, TZ="Asia/Tokyo", SOURCE_DATE_EPOCH="1")
    assert done.returncode == 0, done.stderr
    built = {path.name for path in tmp_path.iterdir()}
    assert built == {read(path).pdf.name for path in MARKDOWN}
    committed = {name for name in built if (CORPUS / name).is_file()}
    same = {name for name in committed if filecmp.cmp(CORPUS / name, tmp_path / name, False)}
    stale = sorted(built - same)
    assert not stale, f"not what corpus/briefs says; run 'make corpus' for {', '.join(stale)}"


def test_enough_briefs_and_words() -> None:
    briefs = [read(path) for path in MARKDOWN]
    words = sum(len(" ".join([*brief.blocks, *brief.notes.values()]).split()) for brief in briefs)
    assert len(briefs) >= 21
    assert words >= 18_000
    assert sum(brief.meta["columns"] == "2" for brief in briefs) >= 3


@each_brief
def test_metadata(path: Path) -> None:
    brief = read(path)
    reader = pypdf.PdfReader(brief.pdf)
    assert reader.metadata is not None
    assert reader.metadata.title == brief.meta["title"]
    assert reader.metadata.author == "Evidence briefs"
    assert reader.metadata.subject == brief.meta["subject"]
    assert str(reader.root_object["/Lang"]) == brief.meta["lang"]


def test_the_longest_has_roman_front_pages() -> None:
    readers = {path: pypdf.PdfReader(read(path).pdf) for path in MARKDOWN}
    longest = max(len(reader.pages) for reader in readers.values())
    roman = [path for path in MARKDOWN if read(path).meta.get("roman_front") == "true"]
    assert longest in {len(readers[path].pages) for path in roman}
    for path, reader in readers.items():
        numbers = [str(number) for number in range(1, len(reader.pages) + 1)]
        if path in roman:
            assert reader.page_labels[0] == "i"
            first = reader.page_labels.index("1")
            assert reader.page_labels[first:] == numbers[: len(numbers) - first]
        else:
            assert reader.page_labels == numbers


@each_brief
def test_every_paragraph_has_a_locator(path: Path) -> None:
    brief = read(path)
    headings = [n for n, block in enumerate(brief.blocks) if block.startswith("## ")]
    assert brief.blocks[headings[-1]] == f"## {LAST_SECTION[brief.meta['lang']]}"
    paragraphs = [
        block for block in brief.blocks[: headings[-1]] if not block.startswith("## ") and not LIST_ITEM.match(block)
    ]
    without = [block[:60] for block in paragraphs if not LOCATOR.search(block)]
    assert not without


@each_brief
def test_the_text_is_printed_in_order(path: Path) -> None:
    brief = read(path)
    pages = printed(brief.pdf)
    text, place, number = "".join(pages), 0, 0
    for block in [brief.meta["title"], brief.meta["subtitle"], *brief.blocks]:
        words = LIST_ITEM.sub("", re.sub(r"^(?:## |> )", "", block), count=1)
        for name in re.findall(r"\[\^(\w+)\]", words):
            number += 1
            words = words.replace(f"[^{name}]", f" {number} ")
            note, _ = find_in_pieces(stream(f"{number} {brief.notes[name]}"), text, 0)
            assert note >= 0, f"footnote [^{name}]"
        place, count = find_in_pieces(stream(words), text, place)
        assert place >= 0 and count <= 2, block[:60]
    assert all("ccby40" in page for page in pages)


@each_brief
def test_both_extractors_read_the_same(path: Path) -> None:
    pdf = read(path).pdf
    assert [stream(page.extract_text()) for page in pypdf.PdfReader(pdf).pages] == printed(pdf)


FRONT = """---
id: a-brief
title: "A brief"
subtitle: "One"
lang: en
columns: 1
subject: "A subject"
---

> The summary.

"""


def test_an_unchanged_pdf_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FRONT + "## One\n\nWords.[^1]\n\n[^1]: A note.\n", "utf-8")
    assert typeset(tmp_path, tmp_path).returncode == 0
    before = (tmp_path / "a-brief.pdf").stat()
    again = typeset(tmp_path, tmp_path)
    after = (tmp_path / "a-brief.pdf").stat()
    assert "unchanged" in again.stderr
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-brief.pdf", "a.md"]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("No front matter.\n", 1, "front matter"),
        (FRONT.replace("columns: 1", "columns: 3"), 6, "1|2"),
        (FRONT.replace('subject: "A subject"\n', ""), 1, "subject"),
        (FRONT.replace("> The", "The"), 9, "summary"),
        (FRONT + "# Too large\n", 12, "heading"),
        (FRONT + "Words.[^1]\n", 12, "[^1]"),
        (FRONT + "Words.\n\n[^1]: Never called.\n", 14, "[^1]"),
        (FRONT + "A [link](http://example.org).\n", 12, "link"),
        (FRONT + "Some `code`.\n", 12, "code"),
    ],
)
def test_what_cannot_be_typeset_is_named(tmp_path: Path, text: str, line: int, says: str) -> None:
    (tmp_path / "a.md").write_text(text, "utf-8")
    done = typeset(tmp_path, tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {tmp_path / 'a.md'}, line {line}: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()
