"""Text to HTML that cannot do anything: the one place where words become markup.

Words of PDFs and models are escaped; of Markdown only paragraphs, emphasis, lists and rules are
drawn, never a link, a picture or raw HTML.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from html import escape as _escape

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "list", "hr", "newline", "escape"])
_MARK = re.compile(r"\[(\d{1,3})\]")


def escape(text: str) -> str:
    """Return text as HTML that shows exactly these characters."""
    return _escape(text, quote=True)


def unbroken(text: str) -> str:
    """Return text escaped, with page numbers that stay on the line of their ``p.``."""
    return re.sub(r"\b(pp?\.) (?=\d)", "\\1&nbsp;", escape(text))


def markdown(text: str, mark: Callable[[int], str | None] = lambda _number: None) -> str:
    """Return Markdown as HTML; ``mark`` gives the HTML of a citation mark ``[n]``, None to leave it."""
    html: str = _MARKDOWN.render(text)
    return _MARK.sub(lambda found: mark(int(found[1])) or found[0], html)


def pick(name: str, html: str, kind: str) -> str:
    """Return a button that picks ``name`` when it is pressed; ``html`` is what stands on it."""
    return f'<button type="button" class="{kind}" data-pick="{escape(name)}">{html}</button>'


def keep(name: str, html: str, done: str, told: str = "") -> str:
    """Return a button that puts ``name`` into the basket; ``told`` says so where ``html`` is only a sign."""
    named = f' class="keep" title="{escape(told)}" aria-label="{escape(told)}"' if told else ""
    return f'<button type="button"{named} data-keep="{escape(name)}" data-done="{escape(done)}">{html}</button>'


def download(label: str, data: bytes, name: str, kind: str) -> str:
    """Return a link that saves data under a name; the data is in the page and nowhere else."""
    held = base64.b64encode(data).decode()
    return f'<a download="{escape(name)}" href="data:{kind};charset=utf-8;base64,{held}">{escape(label)}</a>'


def safe_markdown(text: str) -> str:
    """Return Markdown in which no reader draws raw HTML, a picture or a link."""
    return text.replace("<", "&lt;").replace("](", "]\\(").replace("![", "\\![")
