"""Where a text names a member: full names, surnames, aliases, misspellings.

Knows the roster and the report's own vocabulary, never what is said. Offsets are those of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag_agency.records import Member

WORD = re.compile(r"[^\W\d_]+(?:[-'’](?!s\b)[^\W\d_]+)*")
TITLES = frozenset("dr dra mr mrs ms prof sr sra srta don dona lic ing".split())
OPENERS = frozenset(
    "as but and for yet so while when if both unlike like or in also here again although since though "
    "whereas with to from by on according segun como para pero tanto mientras aunque cuando ni y o si en "
    "con a de por entre contra hasta desde ya e tambien".split()
)
LONG_SURNAME = 7  # letters; a slip of one letter in a shorter name may be another name
BEFORE_SURNAME = re.compile(r"(?P<word>[^\W\d_]+\.?)[ \u00a0]$")
AFTER_SURNAME = re.compile(r"[ \u00a0](?P<word>[^\W\d_]+)")
PARTICLES = frozenset("de del la las los el van von der da dos y e and".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where one member is named, or several could be meant; ``sure`` needs no context."""

    start: int
    end: int
    members: tuple[str, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Register:
    """The roster ready for reading: each form of a name with its members, and the report's words."""

    roster: tuple[Member, ...]
    full: dict[str, tuple[str, ...]]
    surnames: dict[str, tuple[str, ...]]
    given: dict[str, tuple[str, ...]]
    pattern: re.Pattern[str]
    words: frozenset[str]

    def member(self, slug: str) -> Member:
        """Return the member of a slug."""
        return next(member for member in self.roster if member.slug == slug)


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return the text without accents, letter for letter, so that offsets stay."""
    return "".join(unicodedata.normalize("NFD", c)[0] for c in text)


def key(name: str) -> str:
    """Return the form by which names are compared."""
    return " ".join(folded(name).lower().replace(".", " ").split())


def register_of(roster: Sequence[Member], texts: Iterable[str]) -> Register:
    """Return the roster as it is looked up, with the words that the report writes small."""
    full: dict[str, tuple[str, ...]] = {}
    surnames: dict[str, tuple[str, ...]] = {}
    given: dict[str, tuple[str, ...]] = {}
    for member in roster:
        for form in _full_forms(member):
            full[key(form)] = _with(full.get(key(form)), member.slug)
        for form in _surnames(member):
            surnames[key(form)] = _with(surnames.get(key(form)), member.slug)
        given[key(member.name.split()[0])] = _with(given.get(key(member.name.split()[0])), member.slug)
    forms = sorted({*full, *surnames, *given}, key=len, reverse=True)
    joined = "|".join(re.escape(form).replace(r"\ ", r"\.?\s+") for form in forms) or "(?!)"
    pattern = re.compile(rf"\b(?:{joined})\b", re.I)
    return Register(tuple(roster), full, surnames, given, pattern, _small_words(texts))


def _with(slugs: tuple[str, ...] | None, slug: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(slugs or ()), slug)))


def _full_forms(member: Member) -> Iterator[str]:
    """Yield the forms that are nobody else's: full names, initials, aliases and titles of studies."""
    words = member.name.split()
    yield member.name
    yield from member.aliases
    for end in range(2, len(words) + 1):
        surname = " ".join(words[1:end]) if len(words) > 2 else words[-1]
        yield f"{words[0]} {surname}"
    yield f"{words[0]} {words[-1]}"
    yield f"{words[0][0]}. {words[-1]}"
    if len(words) > 2:
        yield f"{words[0][0]}. {' '.join(words[1:])}"


def _surnames(member: Member) -> Iterator[str]:
    """Yield the surname, and the first of two surnames; particles go with their name."""
    words = member.name.split()
    yield words[-1]
    if len(words) == 3 and words[1].lower() not in PARTICLES and len(words[1]) > 2:
        yield f"{words[1]} {words[2]}"
        yield words[1]
    if len(words) > 3:
        yield " ".join(words[-2:])


def _small_words(texts: Iterable[str]) -> frozenset[str]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(w for w in re.findall(r"[^\W\d_]+", folded(text)) if w.islower())
    return frozenset(counted)


def mentions_in(text: str, register: Register) -> tuple[Mention, ...]:
    """Return the members named in a text, in order."""
    plain = folded(text)
    found = [m for match in register.pattern.finditer(plain) if (m := _mention(plain, match, register))]
    taken = [(m.start, m.end) for m in found]
    for match in WORD.finditer(plain):
        inside = any(start <= match.start() < end for start, end in taken)
        if not inside and (slip := _misspelt(plain, match, register)):
            found.append(slip)
    return tuple(sorted(found, key=lambda m: m.start))


def _mention(plain: str, match: re.Match[str], register: Register) -> Mention | None:
    form = key(match[0])
    if not match[0][0].isupper():
        return None
    if form in register.full:
        if " " not in form and not _is_written_like(match[0], form, register):
            return None
        return Mention(match.start(), match.end(), register.full[form], sure=True)
    if _has_foreign_neighbour(plain, match.start(), match.end(), register):
        return None
    if form in register.surnames:
        first = match.start() == 0 or plain[: match.start()].rstrip().endswith((".", "‘", "“", "«", "•"))
        sure = not (first and form in register.words)
        return Mention(match.start(), match.end(), register.surnames[form], sure)
    if form in register.given:
        return Mention(match.start(), match.end(), register.given[form], sure=False)
    return None


def _is_written_like(printed: str, form: str, register: Register) -> bool:
    """Whether a one-word alias is printed as the roster has it: capitals stay capitals."""
    aliases = [a for slug in register.full[form] for a in register.member(slug).aliases]
    return any(folded(a) == printed for a in aliases) or form not in register.words


def _has_foreign_neighbour(plain: str, start: int, end: int, register: Register) -> bool:
    """Whether another name stands beside it: Ricardo Castillo, Castillo Street, Castillo Morales."""
    before = BEFORE_SURNAME.search(plain[:start])
    if before and before["word"][0].isupper():
        word = before["word"].rstrip(".").lower()
        opens = not plain[: before.start()].strip(" •‘“«(–—-…[0123456789.)")
        is_common = word in register.words or word in TITLES or (opens and word in OPENERS)
        is_known = word in register.given or word in register.surnames
        if not (is_common or is_known):
            return True
    after = AFTER_SURNAME.match(plain, end)
    return bool(after and after["word"][0].isupper() and key(after["word"]) not in register.surnames)


def _misspelt(plain: str, match: re.Match[str], register: Register) -> Mention | None:
    """Return the one member whose long surname this word misses by a single letter."""
    word = match[0]
    if not word[0].isupper() or len(word) < LONG_SURNAME - 1 or word.lower() in register.words:
        return None
    near = [
        slugs
        for form, slugs in register.surnames.items()
        if len(form) >= LONG_SURNAME and _is_one_slip(word.lower(), form)
    ]
    if len(near) != 1 or _has_foreign_neighbour(plain, match.start(), match.end(), register):
        return None
    return Mention(match.start(), match.end(), near[0], sure=False)


@lru_cache(maxsize=20_000)
def _is_one_slip(word: str, name: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two neighbours have changed places."""
    if word == name or abs(len(word) - len(name)) > 1 or word[0] != name[0]:
        return False
    i = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), None)
    if i is None:
        return True
    swapped = word[i : i + 2] == name[i : i + 2][::-1] and word[i + 2 :] == name[i + 2 :]
    return swapped or word[i + 1 :] in (name[i + 1 :], name[i:]) or word[i:] == name[i + 1 :]
