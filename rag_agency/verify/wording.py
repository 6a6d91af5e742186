"""Negation, quantifiers, hedges and opposites: a rewritten clause says no more than the clause it rests on.

Each clause of a written sentence is set beside the clause of its evidence that it is closest to. Tables
of words in English and Spanish; where the two languages differ, closeness must be handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag_agency.language import without_accents
from rag_agency.verify.causes import wrong_cause
from rag_agency.words import STOP_WORDS, plain_words, terms

Closeness = Callable[[str, str], float]  # of two clauses, from 0 to 1

CLAUSES = re.compile(
    r"[;:—()]|,(?!\d)|\b(?:and|but|while|whereas|although|though|because|since|so that|"
    r"or|y|e|o|pero|mientras que|mientras|aunque|porque|pues|ni)\b",
    re.I,
)
SAYS_NO = re.compile(
    r"\b(?:not|cannot|\w+n[’']t|no|never|nobody|none|nothing|neither|nor|without|unable|hardly|"
    r"barely|scarcely|seldom|rarely|non|impossible|incapable|free of|"
    r"nunca|jamas|nadie|ningun\w*|nada|ni|sin|tampoco|incapa\w+|"
    r"apenas|raras? ve[cz]\w*|pocas veces|dificilmente|imposible|libres? de)\b"
)
OBJECT = re.compile(r"no(?:thing|body|ne)|nad(?:a|ie)|ningun|neither")
CONCORD = re.compile(r"nad(?:a|ie)|ningun|nunca|jamas|tampoco|ni\b")
SHORT = 2  # content words; a clause of so few is judged by its own words, not by what it leaves out
_STOP = STOP_WORDS["en"] | STOP_WORDS["es"]
STEM = 5  # letters by which forms of a word are the same in either language
NEGATED = 2  # words after a negation that it may be about
LIMITED = 4  # words after a hedge or quantifier that it may be about
PARTLY = 0.2  # share of a clause that must stand in the written one for its negation to count
TIE = 0.05  # closeness; clauses of the evidence that are nearly as close as the closest count as well
INSIDE = 0.6  # share of a clause of the evidence that stands in the written one, which then restates it
NO_NEGATION = re.compile(
    r"\b(?:not only|not just|not least|no doubt|no solo|no solamente|sin embargo|no obstante|sin duda|nevertheless|"
    r"nonetheless|hace falta)\b"
)
ALL = (
    r"(?<!above )all|every|everyone|everybody|everything|always|entire(?:ly)?|whole|"
    r"(?<!sobre )tod[oa]s?|siempre|cualquier\w*"
)
ONLY = r"only|solely|exclusively|sole|just|solo|solamente|unicamente|unic[oa]s?"
MOST = r"most|mostly|mainly|majority|largely|mayoria|mayor parte|mayormente|principalmente|en gran medida"
MANY = (
    r"(?<!as )(?:many|much)|often|usually|frequent\w*|numerous|large (?:number|volume|amount|part)s?|"
    r"much[oa]s?|a menudo|frecuente\w*|numeros[oa]s|usual\w*|suelen?|grandes? (?:cantidad|volumen|numero|parte)\w*"
)
SOME = (
    r"some(?! kind)|several|certain|sometimes|few|a part|partly|occasional\w*|algun[oa]?s?|ciert[oa]s|vari[oa]s|"
    r"a veces|poc[oa]s|en parte"
)
LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(rf"\b(?:{words})\b")) for level, words in ((4, ALL), (3, MOST), (2, MANY), (1, SOME))
)
SOLE = re.compile(rf"\b(?:{ONLY})\b")
HEDGE = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|probabl[ey]|likely|appears?|seem(?:s|ed)?|tends?|risk|"
    r"quizas?|tal vez|posiblemente|probable\w*|parecen?|parecian?|podrian?|pueden?|puede que|tiende[n]?|riesgo)\b"
)
SOFT = re.compile(rf"{HEDGE.pattern}|\bcan\b|\b(?:{SOME})\b|\b(?:{MANY})\b|\bsuggests?\b|\bsugiere[n]?\b")
PROOF = re.compile(r"\b(?:prov(?:e|es|ed|en)|demonstrat\w+|certainly|undoubtedly|prueba[n]?|demuestra\w*|sin duda)\b")
# Stems of opposite things; a row has both sides, in both languages.
OPPOSITES: tuple[tuple[str, str], ...] = (
    (
        r"benefi\w+|help(?:s|ed|ing)?|gain(?:s|ed)?|advantag\w+|favou?r\w*|ayuda\w*|ventaj\w+|gana(?:n|r|do)?|cohesi\w+",
        r"harm\w*|problem\w*|troubl\w+|hurt\w*|damag\w+|worsen\w*|perjudic\w+|complic\w+|dan(?:o|os|a|an|aron|ar)|cost",
    ),
    (
        r"rise|rises|rose|risen|rising|increas\w+|grow\w*|grew|climb\w*|sub(?:e|en|io|ieron|ir)|aument\w+|crec\w+|raise\w*",
        r"fall|falls|fell|fallen|falling|drop\w*|declin\w+|decreas\w+|reduc\w+|baj(?:a|an|o|aron|ar)|disminu\w+|ca(?:e|en|yo)",
    ),
    (r"high|higher|alt[oa]s?|buen[oa]s precios|good prices", r"low|lower|baj[oa]s"),
    (r"strong\w*|strength\w*|fuertes?|fortal\w+|solid\w*", r"weak\w*|debil\w*"),
    (r"formal\w*|legali\w+", r"informal\w*"),
    (
        r"accept\w*|favou?r\w*|support\w*|acepta\w*|apoya\w*",
        r"oppos\w+|against|reject\w*|en contra|rechaza\w*|contrari\w+",
    ),
    (r"allow\w*|permit\w*|permite\w*|free to|libres? para", r"forbid\w*|prohib\w+|oblig\w+|forc\w+|banned"),
    (r"succe\w+|exito\w*|works?", r"fail\w*|fracas\w+|falla\w*"),
    (r"import\w*", r"export\w*"),
    (r"before|antes|first|primero", r"after|despues|tras|last"),
    (r"large|big|grandes?", r"small\w*|pequen\w+"),
    (r"more|mas|many|much[oa]s", r"less|fewer|menos|few|poc[oa]s"),
    (r"enter\w*|join\w*|entra\w*", r"leave\w*|exit\w*|sale[n]?|salir"),
    (r"open\w*|abiert\w+|abre\w*", r"closed?|cerrad\w+|cierra\w*"),
    (r"hay|there (?:is|are)|ha(?:s|ve|d)|tienen?", r"(?<!hace )faltan?|lack\w*|for want|carec\w+"),
    (r"depend(?:s|ed|ing|e|en|ia|ian)?", r"independen\w+|apart|aparte|desligad\w+|autonom\w+"),
    (r"cheap\w*|barat\w+", r"expensive|car[oa]s?"),
    (r"stimulat\w+|easier|eas(?:e|es|ily|y)|facil\w*", r"hard(?:er)?|difficult\w*|dificil\w*|hinder\w*"),
)
_SIDES = tuple((re.compile(rf"\b(?:{a})\b"), re.compile(rf"\b(?:{b})\b")) for a, b in OPPOSITES)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a whole sentence negates and what it hedges: a clause that follows need not say it again."""

    negated: frozenset[str]
    softened: frozenset[str]

    @classmethod
    def of(cls, clauses: Sequence[str]) -> _Kept:
        """Return what the clauses of one sentence negate and hedge."""
        soft = (_stems(clause[found.end() :])[:LIMITED] for clause in clauses for found in SOFT.finditer(clause))
        return cls(
            frozenset(stem for clause in clauses for stem in _negated(clause, NEGATED)),
            frozenset(stem for stems in soft for stem in stems),
        )


def clauses_of(text: str) -> list[str]:
    """Return the clauses of a sentence that have content."""
    return [part.strip() for part in CLAUSES.split(text) if _stems(without_accents(part))] or [text]


def wrong_wording(claim: str, evidence: Sequence[str], close: Closeness, *, across: bool = False) -> str:
    """Return what the first clause of a claim says that its evidence does not, in words; empty: none."""
    theirs = [clause for text in evidence for clause in clauses_of(text)]
    everything, plain = without_accents(" ".join(evidence)), without_accents(claim)
    if (found := PROOF.search(plain)) and not PROOF.search(everything):
        return f"“{found[0]}” is more than the evidence says"
    if (found := SOLE.search(plain)) and not SOLE.search(everything):
        return f"“{found[0]}” is not in the evidence"
    if len(evidence) == 1 and not _negations(plain) and not _negations(everything):
        if flipped := _flipped(plain, everything):
            return f"the evidence says the opposite of “{flipped}”"
    kept = _Kept.of([without_accents(clause) for clause in clauses_of(claim)])
    for clause in clauses_of(claim):
        by_closeness = sorted(((close(clause, other), other) for other in theirs), reverse=True)
        nearest = [c for closeness, c in by_closeness if closeness > by_closeness[0][0] - TIE]
        mine = without_accents(clause)
        inside = [c for c in theirs if c not in nearest and _restates(mine, without_accents(c), close(c, clause))]
        near, more = ([without_accents(c) for c in one] for one in (nearest, inside))
        if across and _negations(mine):  # which clause is meant is a guess between two languages
            more += [c for c in map(without_accents, theirs) if _negations(c)]
        if wrong := _wrong_clause(mine, near, more, kept, across=across):
            return wrong
    return wrong_cause(plain, everything, _stems)


def _restates(mine: str, theirs: str, share: float) -> bool:
    """Whether a clause restates one of the evidence that is not the nearest to it: most of it, or what it negates."""
    if _negated(theirs, NEGATED) & set(_stems(mine)):
        return share >= PARTLY or bool(_negations(mine))
    return len(_stems(theirs)) > 1 and share >= INSIDE


def _wrong_clause(mine: str, nearest: Sequence[str], inside: Sequence[str], kept: _Kept, *, across: bool) -> str:
    """Return what a clause adds to the clauses nearest to it, or leaves out of any that it restates."""
    restated = [*nearest, *inside]
    negated = _negations(mine)
    flips = [_flipped(mine, other) for other in nearest]
    if negated and not any(_negations(other) for other in restated) and not any(_explains(mine, o) for o in nearest):
        return f"“{negated[0]}” is not in the evidence"
    differs = [bool(negated) == bool(_negations(other)) for other in nearest]
    if all(flips) and any(differs):
        return f"the evidence says the opposite of “{flips[0]}”"
    if negated and (moved := [_moved(mine, other) for other in restated if _negations(other)]) and all(moved):
        return f"“{moved[0]}” is not what the evidence negates"
    for other in restated:
        was = _negations(other)
        left_out = was and not negated and not _negated(other, NEGATED) & kept.negated
        if left_out and not _explains(other, mine) and _left_out(mine, other, across=across):
            return f"“{was[0]}” is left out"
        if negated and _count(was) > 1 and _count(was) % 2 != _count(negated) % 2:
            return f"“{was[0]}” and “{was[1]}” together are not kept"
    if all(more := [_more(mine, other) for other in restated]):
        return more[0]
    return next((softened for other in restated if (softened := _softened(mine, other, kept, across=across))), "")


def _negations(clause: str) -> list[str]:
    return [found[0] for found in SAYS_NO.finditer(NO_NEGATION.sub(" ", clause))]


def _count(negations: Sequence[str]) -> int:
    """Return how many negations count: in Spanish ‘no’ and ‘nada’ together are one."""
    return sum(1 for word in negations if "no" not in negations or word == "no" or not CONCORD.match(word))


def _explains(negating: str, other: str) -> bool:
    """Whether one clause denies what the opposite of says the other: not formal, informal."""
    bare = NO_NEGATION.sub(" ", negating)
    denied = " ".join(" ".join(bare[found.end() :].split()[:3]) for found in SAYS_NO.finditer(bare))
    return bool(_flipped(denied, other))


def _left_out(mine: str, theirs: str, *, across: bool) -> bool:
    """Whether a clause says of the same thing what the other negates; across languages, whether it is long enough."""
    stems = set(_stems(mine))
    return bool(_negated(theirs, NEGATED) & stems) or (across and len(stems) > SHORT)


def _flipped(mine: str, theirs: str) -> str:
    """Return the word of a clause whose opposite alone stands in the other."""
    for sides in _SIDES:
        for side, opposite in (sides, sides[::-1]):
            found = side.search(mine)
            if found and not opposite.search(mine) and opposite.search(theirs) and not side.search(theirs):
                return found[0]
    return ""


def _moved(mine: str, theirs: str) -> str:
    """Return a word that one clause negates and the other affirms."""
    for one, other in ((mine, theirs), (theirs, mine)):
        targets, others = _negated(one), _negated(other)
        stems = set(_stems(other))
        if targets and others and not targets & others and (clash := targets & stems):
            return sorted(clash)[0]
    return ""


def _negated(clause: str, reach: int = 1) -> set[str]:
    """Return the stems of the words that follow each negation; of the one before, too, for ‘nothing’ and its like."""
    bare = NO_NEGATION.sub(" ", clause)
    targets: set[str] = set()
    for found in SAYS_NO.finditer(bare):
        targets.update(_stems(bare[found.end() :])[:reach])
        if OBJECT.match(found[0]):
            targets.update(_stems(bare[: found.start()])[-1:])
    return targets


def _stems(text: str) -> list[str]:
    content = [word for word in plain_words(text) if word not in _STOP and not SAYS_NO.fullmatch(word)]
    return [word[:STEM] for word in terms(" ".join(content), "en")]


def _more(mine: str, theirs: str) -> str:
    """Return the quantifier by which a clause says more than one of the evidence."""
    (level, found), (known, _) = _level(mine), _level(theirs)
    return f"“{found}” is more than the evidence says" if level >= 2 and level > known else ""


def _softened(mine: str, theirs: str, kept: _Kept, *, across: bool) -> str:
    """Return the quantifier or hedge of the evidence that a clause leaves out."""
    if SOFT.search(mine) or _level(mine)[0]:
        return ""
    known, word = _level(theirs)
    stems = set(_stems(mine))
    quantifier = re.search(rf"\b{re.escape(word)}\b", theirs) if 1 <= known <= 3 else None
    for limit in (HEDGE.search(theirs), quantifier):
        reach = set(_stems(theirs[limit.end() :])[:LIMITED]) if limit else set()
        if reach & kept.softened:
            continue
        if limit and ((across and len(stems) > SHORT) or reach & stems):
            return f"“{limit[0]}” is left out"
    return ""


def _level(clause: str) -> tuple[int, str]:
    """Return the strongest quantifier of a clause, 0 where there is none."""
    return next(((level, found[0]) for level, words in LEVELS if (found := words.search(clause))), (0, ""))
