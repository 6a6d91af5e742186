"""Negation, quantifiers, hedges and opposites: a rewritten clause says no more than the clause it rests on.

Each clause of a written sentence is set beside the clause of its evidence that it is closest to. Tables
of words in English and Spanish; where the two languages differ, closeness must be handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag_agency.language import without_accents
from rag_agency.words import terms

Closeness = Callable[[str, str], float]  # of two clauses, from 0 to 1

CLAUSES = re.compile(
    r"[;:—()]|,(?!\d)|\b(?:and|but|while|whereas|although|though|because|since|so that|"
    r"or|y|e|o|pero|mientras que|mientras|aunque|porque|pues|ni)\b",
    re.I,
)
SAYS_NO = re.compile(
    r"\b(?:not|cannot|\w+n[’']t|no|never|nobody|none|nothing|neither|nor|without|unable|hardly|"
    r"barely|scarcely|impossible|incapable|free of|nunca|jamas|nadie|ningun\w*|nada|ni|sin|tampoco|incapa\w+|"
    r"apenas|dificilmente|imposible|libres? de)\b"
)
OBJECT = re.compile(r"no(?:thing|body|ne)|nad(?:a|ie)|ningun|neither")
SHORT = 2  # content words; a clause of so few is judged by its own words, not by what it leaves out
NO_NEGATION = re.compile(
    r"\b(?:not only|not just|not least|no doubt|no solo|no solamente|sin embargo|no obstante|sin duda|nevertheless|"
    r"nonetheless|hace falta)\b"
)
ALL = r"all|every|everyone|everybody|everything|always|entire(?:ly)?|whole|tod[oa]s?|siempre|cualquier\w*"
ONLY = r"only|solely|exclusively|sole|just|solo|solamente|unicamente|unic[oa]s?"
MOST = r"most|mostly|mainly|majority|largely|mayoria|mayor parte|mayormente|principalmente|en gran medida|above all"
MANY = r"many|much|often|usually|frequent\w*|numerous|much[oa]s?|a menudo|frecuente\w*|numeros[oa]s|usual\w*|suelen?"
SOME = (
    r"some(?! kind)|several|certain|sometimes|few|a part|partly|occasional\w*|seldom|rarely|algun[oa]?s?|ciert[oa]s|vari[oa]s|"
    r"a veces|poc[oa]s|en parte|raras? vec\w+|pocas veces"
)
LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(rf"\b(?:{words})\b")) for level, words in ((4, ALL), (3, MOST), (2, MANY), (1, SOME))
)
SOLE = re.compile(rf"\b(?:{ONLY})\b")
HEDGE = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|probably|likely|appears?|seem(?:s|ed)?|tends?|risk|"
    r"quizas?|tal vez|posiblemente|probablemente|parecen?|parecian?|podrian?|pueden?|puede que|tiende[n]?|riesgo)\b"
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
    (r"accept\w*|favou?r\w*|support\w*|acepta\w*|apoya\w*", r"oppos\w+|against|reject\w*|en contra|rechaza\w*|contrari\w+"),
    (r"allow\w*|permit\w*|permite\w*|free to|libres? para", r"forbid\w*|prohib\w+|oblig\w+|forc\w+|banned"),
    (r"succe\w+|exito\w*|works?", r"fail\w*|fracas\w+|falla\w*"),
    (r"often|frequen\w+|a menudo|siempre", r"seldom|rarely|sparse\w*|rara\w*|pocas veces"),
    (r"import\w*", r"export\w*"),
    (r"before|antes|first|primero", r"after|despues|tras|last"),
    (r"large|big|grandes?", r"small\w*|pequen\w+"),
    (r"more|mas|many|much[oa]s", r"less|fewer|menos|few|poc[oa]s"),
    (r"enter\w*|join\w*|entra\w*", r"leave\w*|exit\w*|sale[n]?|salir"),
    (r"open\w*|abiert\w+|abre\w*", r"closed?|cerrad\w+|cierra\w*"),
    (r"hay|there (?:is|are)|ha(?:s|ve|d)|tienen?", r"(?<!hace )faltan?|lack\w*|for want|carec\w+"),
    (r"cheap\w*|barat\w+", r"expensive|car[oa]s?"),
    (r"stimulat\w+|easier|eas(?:e|es|ily|y)|facil\w*", r"hard(?:er)?|difficult\w*|dificil\w*|hinder\w*"),
)
_SIDES = tuple((re.compile(rf"\b(?:{a})\b"), re.compile(rf"\b(?:{b})\b")) for a, b in OPPOSITES)


def clauses_of(text: str) -> list[str]:
    """Return the clauses of a sentence that have content."""
    return [part.strip() for part in CLAUSES.split(text) if _stems(without_accents(part))] or [text]


def wrong_wording(claim: str, evidence: Sequence[str], close: Closeness) -> str:
    """Return what the first clause of a claim says that its evidence does not, in words; empty: none."""
    theirs = [clause for text in evidence for clause in clauses_of(text)]
    everything = without_accents(" ".join(evidence))
    plain = without_accents(claim)
    if (found := PROOF.search(plain)) and not PROOF.search(everything):
        return f"“{found[0]}” is more than the evidence says"
    if (found := SOLE.search(plain)) and not SOLE.search(everything):
        return f"“{found[0]}” is not in the evidence"
    for clause in clauses_of(claim):
        ranked = sorted(theirs, key=lambda other: -close(clause, other))
        best = close(clause, ranked[0])
        nearest = [c for c in ranked if close(clause, c) > best - 0.05]
        wrong = [_differs(without_accents(clause), without_accents(other), everything) for other in nearest]
        if all(wrong):
            return wrong[0]
    return ""


def _differs(mine: str, theirs: str, everything: str) -> str:
    """Return in what a clause differs from the clause of its evidence; both without accents."""
    negated, was = _negations(mine), _negations(theirs)
    flipped = _flipped(mine, theirs)
    if negated and not was and not flipped:
        return f"“{negated[0]}” is not in the evidence"
    if was and not negated and not flipped and _left_out(mine, theirs):
        return f"“{was[0]}” is left out"
    if bool(negated) == bool(was) and flipped:
        return f"the evidence says the opposite of “{flipped}”"
    if negated and was and (moved := _moved(mine, theirs)):
        return f"“{moved}” is not what the evidence negates"
    return _overstated(mine, theirs, everything)


def _negations(clause: str) -> list[str]:
    return [found[0] for found in SAYS_NO.finditer(NO_NEGATION.sub(" ", clause))]


def _left_out(mine: str, theirs: str) -> bool:
    """Whether a clause says of the same thing what the other negates; across languages, whether it is long enough."""
    stems = set(_stems(mine))
    return bool(_negated(theirs) & stems) or (len(stems) > SHORT and not stems & set(_stems(theirs)))


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


def _negated(clause: str) -> set[str]:
    """Return the stem of the word that follows each negation; of the one before, too, for ‘nothing’ and its like."""
    bare = NO_NEGATION.sub(" ", clause)
    targets: set[str] = set()
    for found in SAYS_NO.finditer(bare):
        targets.update(_stems(bare[found.end() :])[:1])
        if OBJECT.match(found[0]):
            targets.update(_stems(bare[: found.start()])[-1:])
    return targets


def _stems(text: str) -> list[str]:
    return [word[:5] for word in terms(text, "en") if not SAYS_NO.fullmatch(word)]


def _overstated(mine: str, theirs: str, everything: str) -> str:
    """Return the quantifier or hedge by which a clause says more than the evidence."""
    level, found = _level(mine)
    known, _ = _level(theirs)
    if level >= 2 and level > known and level > _level(everything)[0]:
        return f"“{found}” is more than the evidence says"
    if level == 4 and known and known < 4:
        return f"“{found}” is more than the evidence says"
    if len(_stems(mine)) <= SHORT:
        return ""
    if HEDGE.search(theirs) and not SOFT.search(mine):
        return f"“{HEDGE.search(theirs)[0]}” is left out"  # type: ignore[index]
    limit, word = _level(theirs)
    if 1 <= limit <= 3 and not level and not SOFT.search(mine):
        return f"“{word}” is left out"
    return ""


def _level(clause: str) -> tuple[int, str]:
    """Return the strongest quantifier of a clause, 0 where there is none."""
    return next(((level, found[0]) for level, words in LEVELS if (found := words.search(clause))), (0, ""))
