"""What the course tab does with the library: keeps quotations, places them, makes the files of a pack.

Knows the library and the course, no gradio and no HTML.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from rag_agency.course.exports import exports_of
from rag_agency.course.outline import outline_from
from rag_agency.course.records import Outline, Pack, Pin
from rag_agency.course.saved import to_json
from rag_agency.errors import RequestError
from rag_agency.records import Language, Sentence, Source
from rag_agency.web.conversation import Turn
from rag_agency.web.course_basket import Basket, Kept
from rag_agency.web.course_edit import place_of, placed
from rag_agency.web.course_views import Made, Shelved
from rag_agency.web.library import Library


def kept_of_answer(library: Library, turn: Turn) -> tuple[Kept, ...]:
    """Return the sentences that an answer quotes, each once, with the question."""
    sources = [source for said in (turn.answer.sentences if turn.answer else ()) for source in said.sources]
    found = (library.sentence_of(s.report, s.page, s.quote) for s in sources)
    return tuple(dict.fromkeys(Kept(_pin(sentence), turn.question) for sentence in found if sentence))


def kept_of_sentence(library: Library, name: str) -> tuple[Kept, ...]:
    """Return a sentence of the ledger named ``report|number``; none where there is no such sentence."""
    report, _, number = name.rpartition("|")
    sentence = library.sentence(report, int(number)) if number.isdigit() else None
    return (Kept(_pin(sentence)),) if sentence else ()


def _pin(sentence: Sentence) -> Pin:
    return Pin(sentence.report, sentence.page.number, sentence.text)


def shelve(library: Library, basket: Basket, outline: Outline | None, language: Language) -> tuple[Shelved, ...]:
    """Return what the open index knows of each quotation in a basket, and where the outline has it."""
    names = {member.slug: member.name for member in library.opened.index.roster}
    return tuple(_shelved(library, kept, outline, names, language) for kept in basket)


def _shelved(
    library: Library, kept: Kept, outline: Outline | None, names: dict[str, str], language: Language
) -> Shelved:
    pin = kept.pin
    sentence = library.sentence_of(pin.report, pin.page, pin.quote)
    sources = library.sources_of(sentence.report, sentence.number, language) if sentence else ()
    if sentence is None or not sources:
        return Shelved(kept)
    citations = "; ".join(dict.fromkeys(source.citation for source in sources))
    return Shelved(kept, _who(sources, sentence, names), citations, place_of(outline, pin) if outline else None)


def _who(sources: Iterable[Source], sentence: Sentence, names: dict[str, str]) -> str:
    members = dict.fromkeys(names.get(source.member, source.member) for source in sources if source.member)
    return "; ".join(members or sentence.outside)


def with_pins(library: Library, outline: Outline, basket: Basket) -> Outline:
    """Return an outline with what is in the basket put where its theme is; what fits nowhere stays out."""
    found = ((kept.pin, library.sentence_of(kept.pin.report, kept.pin.page, kept.pin.quote)) for kept in basket)
    return placed(outline, [(pin, sentence) for pin, sentence in found if sentence])


def outline_of(value: object) -> Outline | None:
    """Return the outline that a browser has kept; None where that is none of this version."""
    try:
        return outline_from(value, "outline") if isinstance(value, str) and value else None
    except RequestError:
        return None


def made_of(pack: Pack) -> Made:
    """Make every file of a pack, the pack itself, and all of them in one."""
    exports = exports_of(pack)
    files = [(e.format.name, e.copy if e.format.has_copies else "", e.file, e.data(pack)) for e in exports]
    stem = exports[0].file.partition(f"-{pack.language}-")[0] + f"-{pack.language}"
    files.append(("pack", "", f"{stem}-pack.json", to_json(pack).encode()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for _, _, file, data in files:
            archive.writestr(file, data)
    return Made(pack, (("zip", "", f"{stem}.zip", packed.getvalue()), *files))
