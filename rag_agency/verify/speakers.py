"""Who is credited in a written sentence: those who say its evidence, all of them, and nobody else.

A sentence is heard by the rules that hear the sentences of reports. A member who is only mentioned
must be mentioned in the evidence too; a member who is said to say it must be its speaker there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from rag_agency.language import without_accents
from rag_agency.named import members_in
from rag_agency.records import Language, Member, Page, Piece, Report, Sentence, Span
from rag_agency.verify.claims import Given
from rag_agency.verify.figures import CITATION
from rag_agency.voices import attribute
from rag_agency.words import STOP_WORDS

AUTHORS = re.compile(
    r"\b(?:the (?:report['’]s )?authors|authors of the (?:report|synthesis)|munoz(?: and| y)? viana|munoz|viana|"
    r"the (?:report|synthesis)(?!['’]s authors)|l[oa]s autor[ea]s|el informe|la sintesis)\b"
)
# A finding dressed as what everybody knows, or as many studies'.
GENERAL = re.compile(
    r"\b(?:(?:many |most |several |all |recent |the )?(?:studies|experts|scientists|researchers|scholars)"
    r"(?: \w+)? (?:show|agree|prove|find|found|say|suggest|confirm|demonstrate)\w*|"
    r"research (?:shows|proves|finds|suggests)|"
    r"it is (?:well |widely |generally )?(?:known|accepted|a fact)|(?:everybody|everyone) knows|"
    r"the evidence (?:shows|proves)|"
    r"(?:as is|as we all) (?:well )?know\w*|"
    r"(?:todos |muchos |diversos )?(?:los |las )?(?:estudios|expertos|investigaciones|investigadores|cientificos)"
    r"(?: \w+)? (?:muestran|coinciden|demuestran|prueban|dicen|indican|confirman|sugieren)|"
    r"la (?:investigacion|evidencia) (?:muestra|demuestra|prueba)|(?:es|como es) (?:bien |muy )?sabido|todos saben|"
    r"esta (?:demostrado|comprobado)|es un hecho)\b"
)
AUTHOR_WORDS = frozenset("authors autores autoras munoz viana synthesis sintesis report informe".split())
_NO_VERB = STOP_WORDS["en"] | STOP_WORDS["es"]
VERB_STEM = 4  # letters by which forms of a verb are the same
HOLDS_VIEW = re.compile(
    r"\b(?P<name>[^\W\d_]+)(?=(?:\s*\([^)]*\))?\s+(?:no |also |tambien )?(?P<verb>[^\W\d_]{3,})\b"
    r"(?! (?:that|que)\b|[,.;:]))"
)
FRAMES: dict[Language, str] = {"en": "According to {0},", "es": "Según {0},"}
ACT_WITHIN = 6  # words after a name in which what they do is looked for
NOT_OBJECT = "".join(rf"(?<!\b{word} )" for word in "by of to from with in por de a con".split())
NO_NAME = frozenset(("and", "the", "los", "las"))
LONG = 6  # letters of a surname from which a slip is told from another name
NAME_JOIN = re.compile(r"[\s,;]+")


def wrong_speaker(claim: str, cited: Sequence[Given], roster: Sequence[Member]) -> str:
    """Return who is credited wrongly or not at all, in words; empty: everybody rightly."""
    plain = without_accents(claim)
    evidence = without_accents(" ".join(given.text for given in cited))
    if (found := GENERAL.search(plain)) and found[0] not in evidence:
        return f"“{found[0]}” makes a general truth of what was said by some"
    speakers = frozenset(member for given in cited for member in given.members)
    named = frozenset(members_in(claim, roster))
    mentioned = frozenset(members_in(" ".join(g.text for g in cited), roster))
    if strangers := named - speakers - mentioned:
        return f"{_names(strangers, roster)} does not say this"
    told = heard_in(claim, tuple(roster))
    if false := told - speakers:
        return f"{_names(false, roster)} is mentioned in the evidence, but does not say it"
    if act := _act_of_mentioned(plain, evidence, [m for m in roster if m.slug in named - speakers]):
        return f"the evidence mentions {act}, but not as the one who does this"
    if unnamed := speakers - named:
        return f"{_names(unnamed, roster)} says this and is not named"
    surnames = frozenset(without_accents(m.surname) for m in roster if m.slug in speakers)
    if view := _view_of_others(plain, evidence, surnames):
        return f"the evidence says “{view}” of others, not of the speaker"
    return _wrong_outsider(plain, cited, bool(speakers))


def in_frame(claim: str, cited: Sequence[Given], roster: Sequence[Member], language: Language) -> str:
    """Return a sentence that names nobody with the one member who says its evidence before it; else as it is."""
    said_by = {given.members for given in cited}
    if len(said_by) != 1 or len(*said_by) != 1 or members_in(claim, roster) or AUTHORS.search(without_accents(claim)):
        return claim
    name = next(m.surname for m in roster if m.slug in next(iter(said_by)))
    first = re.split(r"\W", claim, maxsplit=1)[0]
    is_name = first.isupper() or any(re.search(rf"\w\W+{re.escape(first)}\b", given.text) for given in cited)
    return f"{FRAMES[language].format(name)} {claim if is_name else claim[:1].lower() + claim[1:]}"


def _view_of_others(plain: str, evidence: str, names: Collection[str]) -> str:
    """Return the verb by which somebody is said to do what the evidence says of somebody else."""
    words = [(word, _verb(word[0])) for word in re.finditer(r"[^\W\d_]+", evidence)]
    for found in HOLDS_VIEW.finditer(plain):
        who = AUTHOR_WORDS if found["name"] in AUTHOR_WORDS else names
        if found["name"] not in who or found["verb"] in _NO_VERB or found["verb"] in who:
            continue
        theirs = [word for word, verb in words if verb == _verb(found["verb"])]
        if theirs and not any(_is_own(evidence[: word.start()], who) for word in theirs):
            return found["verb"]
    return ""


def _act_of_mentioned(plain: str, evidence: str, mentioned: Sequence[Member]) -> str:
    """Return a member who is only mentioned in the evidence, and is said to do what it does not say of them."""
    for member in mentioned:
        name = rf"{NOT_OBJECT}\b{re.escape(without_accents(member.surname))}\b"
        does = {
            _verb(word)
            for words in re.findall(rf"{name}((?:\W+\w+){{1,{ACT_WITHIN}}})", evidence)
            for word in re.findall(r"[^\W\d_]+", words)
        }
        for found in re.finditer(rf"{name}(?:\s*\([^)]*\))?\s+(?:no |also |tambien )?([^\W\d_]{{3,}})\b", plain):
            if found[1] not in _NO_VERB and _verb(found[1]) not in does:
                return member.surname
    return ""


def _verb(word: str) -> str:
    """Return what the forms of a verb in the third person have in common."""
    return re.sub(r"[sn]$", "", word)[:VERB_STEM]


def _is_own(before: str, names: Collection[str]) -> bool:
    """Whether the words before a verb make the speaker its subject: a name, a pronoun, or nothing at all."""
    window = re.findall(r"[^\W\d_]+|[.;:,()]", before)[-6:]
    return not window or window[-1] in ".;:" or bool({*window} & {*names, "he", "she", "they", "el", "ella", "ellos"})


def well_spelt(text: str, roster: Sequence[Member]) -> str:
    """Return a text with the surnames of members as the roster spells them."""
    surnames = [m.surname for m in roster if len(m.surname) >= LONG]

    def spelt(word: re.Match[str]) -> str:
        folded = without_accents(word[0])
        if any(folded == without_accents(surname) for surname in surnames):
            return word[0]
        near = [s for s in surnames if OSA.distance(folded, without_accents(s)) <= (2 if len(s) > LONG else 1)]
        return near[0] if len(near) == 1 else word[0]

    return re.sub(r"\b[A-ZÁÉÍÓÚÑ][^\W\d_]{4,}\b", spelt, text)


def _wrong_outsider(plain: str, cited: Sequence[Given], members_speak: bool) -> str:
    outside = [given.outside for given in cited if given.outside]
    for source in outside:
        words = [
            w for w in re.findall(r"[^\W\d_]{3,}", without_accents(source)) if w not in ("and", "the", "los", "las")
        ]
        if words and not any(re.search(rf"\b{re.escape(word)}", plain) for word in words):
            return f"{source} says this and is not named"
    of_authors = any(not given.members for given in cited)
    if members_speak and not of_authors and AUTHORS.search(plain):
        return "the report's authors do not say this, a member does"
    return ""


def speakers_differ(cited: Sequence[Given]) -> bool:
    """Whether evidence by different speakers is cited together."""
    return len({(given.members, given.outside) for given in cited}) > 1


def of_speakers(text: str, cited: Sequence[Given], roster: Sequence[Member]) -> tuple[Given, ...]:
    """Return the evidence that is said by those whom a part of a sentence names; none: it names nobody."""
    named = frozenset(members_in(text, roster))
    found = [given for given in cited if given.members and given.members <= named]
    if AUTHORS.search(without_accents(text)):
        found += [given for given in cited if not given.members]
    return tuple(found)


@lru_cache(maxsize=2_000)
def heard_in(claim: str, roster: tuple[Member, ...]) -> frozenset[str]:
    """Return the members whom the rules for reports hear speaking in a sentence."""
    page = Page("answer", 1, None, claim)
    sentence = Sentence("answer", 0, claim, (Piece(Span(page, 0, len(claim)), claim),), "", "body", 0)
    heard = attribute([sentence], roster, Report("answer", "", ""))
    return frozenset(speaker.member for speaker in heard[0].members)


def name_words(members: Collection[str], roster: Sequence[Member]) -> frozenset[str]:
    """Return the words of the names and studies of members, and of those who write reports."""
    known = [m for m in roster if m.slug in members]
    forms = [form for m in known for form in (m.name, *m.aliases, *m.studies)]
    return frozenset(without_accents(word) for form in forms for word in NAME_JOIN.split(form) if word)


def without_frame(claim: str, roster: Sequence[Member]) -> str:
    """Return a sentence without the words that only say who says it."""
    bare = CITATION.sub(" ", claim)
    names = sorted({f for m in roster for f in (m.name, m.surname, *m.aliases)}, key=len, reverse=True)
    someone = (
        rf"(?:(?:the )?(?:report['’]s )?authors|(?:los )?autores(?: del informe)?|{AUTHOR_FRAME.pattern}|"
        rf"{'|'.join(map(re.escape, names))})"
    )
    someone = rf"{someone}(?:,? (?:and|y) {someone})*"
    says = r"\s+(?:also |both |ambos |también )?\w+(?:\s+(?:out|up))?\s+(?:that|que|en que)\b"
    opening = r"(?:according to|in the view of|for|según|para|de acuerdo con)"
    aside = rf"[,;]\s*(?:\w+\s+{someone}|{someone}\s+\w+)\s*(?:,|(?=[.;]))"
    bare = re.sub(aside, lambda m: _joint(m.string[: m.start()]), bare, flags=re.I)
    for pattern in (
        rf"\b{opening}\s+{someone}\b,?",
        rf"\b{someone}{says}",
        rf"\b{someone}(?:['’]s)?\b",
    ):
        bare = re.sub(pattern, " ", bare, flags=re.I)
    bare = AUTHOR_FRAME.sub(" ", bare)
    return re.sub(r"\s+", " ", bare).strip(" ,;")


def _joint(before: str) -> str:
    """Return what is left of ‘, X says,’: nothing between a subject and its verb, the comma behind an adverbial."""
    return ", " if ADVERBIAL.match(without_accents(before).strip()) and "," not in before else " "


# What such a word opens is no subject but a clause by itself; the subject may stand behind its comma.
ADVERBIAL = re.compile(
    r"(?:in|at|by|on|with|without|during|after|before|since|from|to|for|among|under|over|as|when|while|if|where|"
    r"en|con|sin|desde|tras|durante|por|para|entre|bajo|al|cuando|si|donde|como)\b"
)
AUTHOR_FRAME = re.compile(r"\b(?:Muñoz (?:and|y) Viaña|the report|the synthesis|el informe|la síntesis)\b", re.I)


def _names(members: Collection[str], roster: Sequence[Member]) -> str:
    return " and ".join(m.name for m in roster if m.slug in members)
