"""Typeset the evidence briefs: Markdown in, one PDF a brief out.

    python corpus/typeset.py [BRIEFS_DIR] [OUT_DIR]

The same Markdown gives the same bytes on every machine: only fonts that typst carries are used, and
no date is written. A PDF is replaced only where its bytes change; nothing else is touched.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import typst
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

HERE = Path(__file__).resolve().parent
FONTS = typst.Fonts(include_system_fonts=False)
# What each entry of the front matter must look like.
FRONT_MATTER = {"id": "[a-z0-9-]+", "title": ".+", "subtitle": ".+", "subject": ".+"}
FRONT_MATTER |= {"lang": "en|es", "columns": "1|2", "roman_front": "true|false"}
NOTE = re.compile(r"\[\^([^\]\s]+)\]")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Asked of a brief in type: page, x and y (points) of every block, and of the end.
PLACES = "query(<block>).map(m => m.location().position()).map(p => (p.page, p.x.pt(), p.y.pt()))"
PAGE_HEIGHT, MIDDLE = 842, 298
LONELY = {1: 340, 2: 420}  # a last page of 1 or 2 columns that ends above this holds a few lines
TIGHT = (1, 2, 3, 4, 5, -1, -2, -3, -4, -5, -6)  # in the order tried

Json = dict[str, Any]


class BriefError(Exception):
    """A brief cannot be typeset; the message names it, the line, and what to do."""


def _footnote_call(state: StateInline, silent: bool) -> bool:
    match = NOTE.match(state.src, state.pos)
    if match and not silent:
        state.push("footnote", "", 0).content = match[1]
    state.pos = match.end() if match else state.pos
    return match is not None


MARKDOWN = MarkdownIt("commonmark")
MARKDOWN.inline.ruler.before("link", "footnote", _footnote_call)


class Brief:
    """One Markdown file, read into ``content``, which is what the template takes."""

    def __init__(self, path: Path) -> None:
        """Read the file; stop at the first line that cannot be typeset."""
        self.path = path
        self.notes: dict[str, tuple[int, str]] = {}
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise BriefError(f"{path}: not readable ({error}); save it as UTF-8 text") from error
        rules = [number for number, line in enumerate(lines) if line.strip() == "---"]
        if len(rules) < 2 or rules[0] != 0:
            self.fail(1, "begin with the front matter, between two lines '---'")
        meta = self._front_matter(lines[1 : rules[1]])
        nodes = SyntaxTreeNode(MARKDOWN.parse(self._body(lines, rules[1] + 1))).children
        if not nodes or nodes[0].type != "blockquote":
            self.fail(rules[1] + 2, "begin with the summary, in a paragraph that starts '> '")
        words = re.findall(r"\w[^\[\],]*", f"{meta.get('themes')},{meta.get('countries')}")
        self.content: Json = {
            **{name: meta[name] for name in FRONT_MATTER},
            "columns": int(meta["columns"]),
            "roman_front": meta["roman_front"] == "true",
            "short": meta.get("short") or meta["title"].split(":")[0],
            "keywords": [word.strip() for word in words],
            "summary": self._blocks(nodes[0].children),
            "body": self._blocks(nodes[1:]),
        }
        for name, (line, _) in self.notes.items():
            self.fail(line, f"no [^{name}] calls this footnote; put it in the text")

    def fail(self, line: int, message: str) -> NoReturn:
        """Stop with the file, the line and the message."""
        raise BriefError(f"{self.path}, line {line}: {message}")

    def _front_matter(self, lines: list[str]) -> dict[str, str]:
        meta = {"roman_front": "false", "themes": "", "countries": ""}
        for number, line in enumerate(lines, 2):
            match = re.fullmatch(r"(\w+):\s*(?:\"(.*)\"|'(.*)'|(.*?))\s*", line)
            if match is None:
                self.fail(number, "write the front matter as 'name: value', one to a line")
            value = match[2] or match[3] or match[4] or ""
            wanted = FRONT_MATTER.get(match[1], ".*")
            if not re.fullmatch(wanted, value):
                self.fail(number, f"'{match[1]}: {value}' will not do; wanted {wanted}")
            meta[match[1]] = value.replace('\\"', '"')
        missing = [name for name in FRONT_MATTER if name not in meta]
        if missing:
            self.fail(1, f"add to the front matter: {', '.join(missing)}")
        return meta

    def _body(self, lines: list[str], first: int) -> str:
        body = [""] * first
        for number, line in enumerate(lines[first:], first + 1):
            match = re.match(NOTE.pattern + r":\s*(.*)", line)
            if match and match[1] in self.notes:
                self.fail(number, f"a second footnote [^{match[1]}]; number them anew")
            if match:
                self.notes[match[1]] = (number, match[2])
            body.append("" if match else line)
        return COMMENT.sub(lambda match: "\n" * match[0].count("\n"), "\n".join(body))

    def _note(self, line: int, name: str) -> Json:
        if name not in self.notes:
            self.fail(line, f"[^{name}] needs a line '[^{name}]: …' of its own, and one call only")
        at, text = self.notes.pop(name)
        return {"note": self._runs(at, SyntaxTreeNode(MARKDOWN.parseInline(text)).children)}

    def _runs(self, line: int, nodes: Iterable[SyntaxTreeNode]) -> list[Json]:
        found: list[Json] = []
        for node in nodes:
            if node.type == "inline":
                found += self._runs(line, node.children)
            elif node.type in ("text", "text_special"):
                found.append({"text": node.content})
            elif node.type in ("softbreak", "hardbreak"):
                found.append({"text": " "})
            elif node.type in ("em", "strong"):
                found.append({node.type: self._runs(line, node.children)})
            elif node.type == "footnote":
                found.append(self._note(line, node.content))
            else:
                self.fail(line, f"'{node.type}' cannot be typeset; write plain words or *italics*")
        return found

    def _blocks(self, nodes: Iterable[SyntaxTreeNode]) -> list[Json]:
        found: list[Json] = []
        for node in nodes:
            line = (node.map or (0, 0))[0] + 1
            if node.type == "paragraph" or node.tag == "h2":
                found.append({"kind": node.type, "runs": self._runs(line, node.children)})
            elif node.type in ("bullet_list", "ordered_list"):
                items = [self._blocks(item.children) for item in node.children]
                start = node.attrs.get("start", 1)
                found.append({"kind": node.type, "items": items, "start": start})
            else:
                self.fail(line, f"{node.type} cannot be typeset; use '## ', paragraphs and lists")
        return found


class Setting:
    """A brief in type, under one layout."""

    def __init__(self, brief: Json, **layout: int) -> None:
        """Lay the brief out and find where its blocks stand."""
        inputs = {"brief": json.dumps(brief), "layout": json.dumps(layout)}
        template = str(HERE / "brief.typ")
        self.brief, self.layout = brief, layout
        self.compiler = typst.Compiler(template, str(HERE), FONTS, sys_inputs=inputs)
        self.places: list[tuple[int, float, float]] = json.loads(self.compiler.eval(PLACES))
        self.pages = self.places[-1][0]

    def is_lonely(self) -> bool:
        """Whether only a few lines stand on the last page."""
        page, x, y = self.places[-1]
        return page > 1 and x < MIDDLE and y < LONELY[self.brief["columns"]]

    def evened(self) -> Setting:
        """Spare the reader a last page of a few lines: tighten the type a little, or loosen it."""
        for tight in TIGHT if self.is_lonely() else ():
            other = Setting(self.brief, tight=tight)
            if other.pages <= self.pages and not other.is_lonely():
                return other
        return self

    def levelled(self) -> Setting:
        """Leave all the room at the foot of the last page that adds no page: columns end level."""
        before = next((n for n, place in enumerate(self.places) if place[0] == self.pages), 0)
        low, high, best = 0, PAGE_HEIGHT if self.brief["columns"] == 2 else 0, self
        while high - low > 1:
            spare = (low + high) // 2
            trial = Setting(self.brief, **self.layout, before=before, spare=spare)
            if trial.pages > self.pages:
                high = spare
            else:
                low, best = spare, trial
        return best


def typeset(brief: Json) -> bytes:
    """Return the PDF of a brief."""
    try:
        setting = Setting(brief).evened().levelled()
        pdf, warnings = setting.compiler.compile_with_warnings(format="pdf")
        said = "; ".join(warning.message for warning in warnings)
    except RuntimeError as error:
        pdf, said = None, " ".join(str(error).split())
    if said or not isinstance(pdf, bytes):
        raise BriefError(f"{brief['id']}: typst says '{said}'; mend the brief or corpus/brief.typ")
    return pdf


def build(briefs_dir: Path, out_dir: Path) -> list[str]:
    """Typeset every brief of a folder; return a line on each."""
    paths = sorted(path for path in briefs_dir.glob("*.md") if path.name != "README.md")
    briefs = {path: Brief(path).content for path in paths}
    if len(briefs) != len({brief["id"] for brief in briefs.values()}) or not briefs:
        raise BriefError(f"{briefs_dir}: no *.md, or two with the same 'id:'; give each its own")
    out_dir.mkdir(parents=True, exist_ok=True)
    said = []
    for path, brief in briefs.items():
        pdf, target = typeset(brief), out_dir / f"{brief['id']}.pdf"
        changed = not target.is_file() or target.read_bytes() != pdf
        if changed:
            beside = target.with_name(f".{target.name}.{os.getpid()}")
            beside.write_bytes(pdf)
            os.replace(beside, target)
        said.append(f"{path.name}: {target} {'written' if changed else 'unchanged'}")
    return said


def main() -> int:
    """Run from the command line; 0 when every PDF is in place, 2 when one cannot be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("briefs", type=Path, nargs="?", default=HERE / "briefs")
    parser.add_argument("out", type=Path, nargs="?", default=HERE)
    arguments = parser.parse_args()
    try:
        said = build(arguments.briefs, arguments.out)
    except (BriefError, OSError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    sys.stderr.write("\n".join(said) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
