"""A small pack with everything in it, and the same with words of one's own."""

from __future__ import annotations

from dataclasses import replace

from rag_agency.course.records import (
    Case,
    Contrast,
    Difference,
    Discussion,
    GlossaryEntry,
    Objective,
    Option,
    Pack,
    Pair,
    QuizItem,
    Quote,
    Reading,
    Row,
    Session,
    Stamp,
    Step,
)
from rag_agency.records import Report, Source

STUDY = Report(
    "study",
    "study.pdf",
    "How producers & markets meet: 100% of {what} we found",
    ("Diego Muñoz Elsner", "Jorge Viaña"),
    2012,
    "IIED, Hivos",
    "en",
    "CC BY 4.0",
    "Muñoz and Viaña 2012",
)
BRIEF = Report(
    "brief",
    "brief.pdf",
    "Cooperatives, briefly",
    ("Evidence briefs",),
    None,
    "",
    "en",
    "CC BY 4.0",
    "Evidence brief: Cooperatives",
    "Muñoz and Viaña 2012",
)
ABOUT_CASTILLO = "In coffee, Castillo puts it at about 100 members with 3 to 5 hectares each."
ABOUT_TASSI = "Tassi finds that traders in Bolivia lend money to cousins without any paper."


def quote(text: str = ABOUT_CASTILLO, member: str = "castillo", who: str = "Lorenzo Castillo", page: int = 7) -> Quote:
    study = f"{who.split()[-1]} 2012"
    source = Source(
        "study",
        STUDY.title,
        page,
        str(page),
        text,
        member,
        study,
        "member",
        f"{study}, cited in Muñoz and Viaña 2012, p. {page}",
    )
    return Quote(text, "en", who, (source,))


TASSI = quote(ABOUT_TASSI, "tassi", "Nico Tassi", 12)


def choice(stem: str = "", right: str = "100 members", wrong: str = "cousins") -> QuizItem:
    options = (
        Option(wrong, False, TASSI, "Tassi says this of traders."),
        Option(right, True, quote(), "Castillo says so."),
    )
    return QuizItem("1-choice", "choice", "How many members does it take?", (quote(),), stem, options)


def quiz() -> tuple[QuizItem, ...]:
    stem = "According to Nico Tassi, it takes 100 members."
    truth = (Option("True", False, quote(), "Castillo says it."), Option("False", True, quote(), "It is Castillo’s."))
    pairs = (Pair(ABOUT_CASTILLO, "Lorenzo Castillo", quote()), Pair(ABOUT_TASSI, "Nico Tassi", TASSI))
    return (
        choice(),
        QuizItem("1-true", "true_false", "Is it so in the reports?", (quote(),), stem, truth),
        QuizItem("1-match", "match", "Who says it?", (), "", (), pairs, ("Nico Tassi", "Lorenzo Castillo")),
        QuizItem("1-fill", "fill", "Fill the gap.", (quote(),), "about ____ members", answer="1,000"),
    )


def session(number: int = 1) -> Session:
    return Session(
        number,
        "How producers organise",
        "organisations",
        60,
        (Step("objectives", 5), Step("findings", 25), Step("quiz", 30)),
        (Objective("tell what Castillo finds on members", (quote(),)),),
        (quote(), TASSI),
        (
            Row("Lorenzo Castillo", "castillo", ("Peru",), (quote(),)),
            Row("Nico Tassi", "tassi", ("Bolivia",), (TASSI,)),
        ),
        Difference(
            "differ_by_context",
            "They speak of different countries.",
            quote(),
            TASSI,
            (Contrast("country", "Peru", "Bolivia"),),
        ),
        (Discussion("What would you ask each of them?", (quote(), TASSI)),),
        Case("Lending among cousins", "Read it and say who takes the risk.", (TASSI, quote(page=12))),
        quiz(),
        (Reading("study", STUDY.title, "Muñoz and Viaña 2012", (7, 12), ("7", "12")),),
        ("The evidence is thin: two voices.",),
    )


def pack(language: str = "en", sessions: int = 1) -> Pack:
    return Pack(
        "Cooperatives",
        "cooperatives",
        language,
        "introductory",
        Stamp("2026-11-26-1", "ab12cd34", "2026-11-26"),
        tuple(session(number + 1) for number in range(sessions)),
        (GlossaryEntry("Cooperative", quote("A cooperative is an association of members.")),),
        (STUDY, BRIEF),
        ("Two voices speak in this course.",),
    )


def with_findings(*texts: str) -> Pack:
    """Return a pack whose findings and quiz say these words."""
    made = pack()
    changed = replace(
        made.sessions[0],
        findings=tuple(quote(text) for text in texts),
        quiz=tuple(replace(choice(f"stem {text}", text, f"not {text}"), id=str(n)) for n, text in enumerate(texts)),
    )
    return replace(made, sessions=(changed,))
