"""Where a quote stands in the text of its page, by letters and digits alone."""

from __future__ import annotations

from rag_agency.records import letters_and_digits


def place_of(quote: str, text: str) -> tuple[int, int] | None:
    """Return where the quote begins and ends in the text; None where it does not stand there.

    Line ends, hyphens, spaces and punctuation are passed over, as in every check of a quote.
    """
    wanted = letters_and_digits(quote)
    stream, places = _with_places(text)
    start = stream.find(wanted) if wanted else -1
    return None if start < 0 else (places[start], places[start + len(wanted) - 1] + 1)


def _with_places(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text, and for each the place of the character it came from."""
    pieces, places = [], []
    for place, character in enumerate(text):
        piece = letters_and_digits(character) if not character.isspace() else ""
        pieces.append(piece)
        places.extend([place] * len(piece))
    return "".join(pieces), places
