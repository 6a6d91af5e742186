"""Quiz items: the key is carried by its source, every wrong answer is traced, and none is right as well."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from conftest import House

from rag_agency.course.balance import Balance
from rag_agency.course.checker import Checker
from rag_agency.course.fairness import Fairness, balanced, most_of_one
from rag_agency.course.giveaways import cannot_stand, is_example, odd_number, odd_one, tells_place, written_in
from rag_agency.course.masking import GAP, country_named, digits, numbers_in, with_gap, without_names
from rag_agency.course.material import Material
from rag_agency.course.quiz import CHOICES, Quiz
from rag_agency.course.records import Option, QuizItem, quotes_of_item
from rag_agency.course.subjects import subject_of
from rag_agency.course.templates import say
from rag_agency.course.wrong import Taught, Wrong
from rag_agency.differences.finder import DIFFERENT
from rag_agency.records import Member
from rag_agency.themes import THEMES

ROSTER = (
    Member("tassi", "Nico Tassi", studies=("Tassi 2012",), countries=("Bolivia",)),
    Member("castillo", "Lorenzo Castillo", affiliation="Junta (National Coffee Board)", countries=("Peru",)),
)
LANGUAGES = ("en", "es")
WANTED = 200
MORE = ("cooperatives", "value chains", "coffee", "markets + policy", "kinship + markets", "leaders")


@pytest.fixture(scope="module")
def material(shipped: House) -> Material:
    return Material(shipped.open())


@pytest.fixture(scope="module")
def items(material: Material) -> list[QuizItem]:
    """At least 200 items, of every theme and both languages, as the maker gives them and unchecked."""
    return list(made(material))


def made(material: Material) -> Iterator[QuizItem]:
    for language in LANGUAGES:
        for theme in (*THEMES, *MORE):
            subject = subject_of(theme)
            ranked = material.ranked(material.about(subject), subject, language)  # type: ignore[arg-type]
            yield from Quiz(material, ranked, language, "advanced").items(14, theme)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def checker(material: Material) -> Checker:
    return Checker(material)


def first(items: list[QuizItem], kind: str, asks: str | None = None) -> QuizItem:
    return next(item for item in items if item.kind == kind and asks in (None, item.asks))


def test_two_hundred_items_pass_the_checker(items: list[QuizItem], checker: Checker):
    assert len(items) >= WANTED
    failed = {f"{item.kind} {item.asks} {item.id}": p for item in items if (p := checker.problems(item))}
    assert not failed


def test_there_are_items_of_every_kind(items: list[QuizItem]):
    kinds = Counter((item.kind, item.asks) for item in items)
    assert set(kinds) == {
        ("choice", "who"),
        ("choice", "what"),
        ("choice", "number"),
        ("choice", "place"),
        ("choice", "product"),
        ("true_false", "who"),
        ("true_false", "number"),
        ("true_false", "place"),
        ("true_false", "product"),
        ("match", "who"),
        ("fill", "number"),
    }


def test_true_and_false_are_both_right_somewhere(items: list[QuizItem]):
    keys = {o.text for item in items if item.kind == "true_false" for o in item.options if o.is_right}
    assert keys >= {"True", "False"}


def test_true_and_false_are_right_equally_often_in_a_course_and_the_right_answer_moves(items: list[QuizItem]):
    draw, balance = random.Random(1), Balance()
    truths, places = Counter(), Counter()
    for item in items:
        if item.kind == "true_false" and item.options[0].is_right == balance.truth(draw):
            truths[balance.placed(item, draw).options[0].is_right] += 1
            assert abs(truths[True] - truths[False]) <= 1
        if item.kind == "choice" and len(item.options) == CHOICES:
            options = balance.placed(item, draw).options
            assert sorted(o.text for o in options) == sorted(o.text for o in item.options)
            places[next(n for n, o in enumerate(options) if o.is_right)] += 1
    assert len(places) == CHOICES
    assert max(places.values()) - min(places.values()) <= 1


def test_kinds_do_not_stand_in_one_order(material: Material):
    orders = set()
    for theme in ("trade", "markets", "informality"):
        ranked = material.ranked(material.about(subject_of(theme)), subject_of(theme), "en")
        orders.add(tuple(item.kind for item in Quiz(material, ranked, "en", "introductory").items(6, theme)))
    assert len(orders) == 3


def test_who_is_quoted_in_the_session_is_named_as_a_wrong_answer_first_and_others_are_not_called_quoted(
    material: Material,
):
    ranked = material.ranked(material.about(subject_of("trade")), subject_of("trade"), "en")
    here = tuple(ranked[:8])
    printed = {speaker.member for s in here for speaker in s.members}
    names = {m.name for m in material.roster if m.slug in printed}
    quiz = Quiz(material, ranked, "en", "introductory", Taught(here))
    item = next(quiz.who())
    wrong = [o for o in item.options if not o.is_right]
    assert names and any(o.text in names for o in wrong)
    assert [o.text in names for o in wrong] == sorted((o.text in names for o in wrong), reverse=True)
    for option in wrong:
        assert (option.why == say("why not who", "en").format(who=option.text)) == (option.text in names)


def test_no_sentence_is_asked_about_twice_in_one_quiz(material: Material):
    subject = subject_of("markets")
    quiz = Quiz(material, material.ranked(material.about(subject), subject, "en"), "en", "introductory").items(12, "s1")
    asked = [quote.text for item in quiz for quote in item.trace]
    assert len(asked) == len(set(asked))
    assert not Checker(material).together(quiz)
    assert [item.id for item in quiz] == [f"s1q{n}" for n in range(1, len(quiz) + 1)]


def test_the_same_statements_give_the_same_quiz(material: Material):
    subject = subject_of("informality")
    ranked = material.ranked(material.about(subject), subject, "es")
    assert Quiz(material, ranked, "es", "advanced").items(8, "s") == Quiz(material, ranked, "es", "advanced").items(
        8, "s"
    )


def test_every_answer_of_a_choice_has_a_quote_behind_it(items: list[QuizItem]):
    for item in items:
        assert all(quote.sources for quote in quotes_of_item(item))


# What an item must not be; each is planted in a good one, and the checker has to see it.


def with_options(item: QuizItem, *options: Option) -> QuizItem:
    return replace(item, options=options)


def test_a_key_that_its_source_does_not_carry_is_seen(items: list[QuizItem], checker: Checker):
    item = first(items, "choice", "who")
    turned = [replace(o, is_right=not o.is_right) for o in item.options[:2]]
    wrong = with_options(
        item, *(replace(o, is_right=i == 0) for i, o in enumerate(sorted(item.options, key=lambda o: o.is_right)))
    )
    assert checker.problems(with_options(item, *turned, *item.options[2:]))
    assert any("not" in problem for problem in checker.problems(wrong))


def test_two_right_answers_are_seen(items: list[QuizItem], checker: Checker):
    item = first(items, "choice", "what")
    right = next(o for o in item.options if o.is_right)
    also = next(o for o in item.options if not o.is_right)
    assert checker.problems(with_options(item, right, replace(also, is_right=True), *item.options[2:]))
    disguised = [replace(right, is_right=False) if o is also else o for o in item.options]
    assert checker.problems(with_options(item, *disguised))


def test_a_wrong_answer_that_nobody_says_is_seen(items: list[QuizItem], checker: Checker):
    item = first(items, "choice", "number")
    right = next(o for o in item.options if o.is_right)
    invented = [o if o.is_right else replace(o, text="98765") for o in item.options]
    assert any("does not stand in its source" in p for p in checker.problems(with_options(item, *invented)))
    assert checker.problems(with_options(item, right, replace(right, is_right=False), *item.options[2:]))


def test_a_country_that_is_right_as_well_is_seen(items: list[QuizItem], checker: Checker):
    item = first(items, "choice", "place")
    right = next(o for o in item.options if o.is_right)
    doubled = [o if o.is_right else replace(right, is_right=False) for o in item.options]
    assert any("right country" in p for p in checker.problems(with_options(item, *doubled)))


def test_a_quote_that_is_not_on_its_page_is_seen(items: list[QuizItem], checker: Checker):
    item = first(items, "fill")
    quote = item.trace[0]
    elsewhere = replace(quote, sources=tuple(replace(s, page=s.page + 40) for s in quote.sources))
    altered = replace(quote, text=quote.text.replace(item.answer, "77"))
    assert any("page" in p for p in checker.problems(replace(item, trace=(elsewhere,))))
    assert checker.problems(replace(item, trace=(altered,)))
    assert checker.problems(replace(item, answer="77"))


def test_a_true_or_false_with_the_wrong_key_is_seen(items: list[QuizItem], checker: Checker):
    item = first(items, "true_false", "who")
    turned = [replace(o, is_right=not o.is_right) for o in item.options]
    assert any("source says otherwise" in p for p in checker.problems(with_options(item, *turned)))


def test_a_name_that_gives_the_answer_away_is_seen(items: list[QuizItem], checker: Checker, material: Material):
    item = first(items, "choice", "who")
    quote = next(o.trace for o in item.options if o.is_right)
    name = next(m.name for m in material.roster if m.slug == quote.members[0])
    assert checker.problems(replace(item, stem=f"{name}: {item.stem}"))


def test_a_match_with_two_lines_for_one_member_is_seen(items: list[QuizItem], checker: Checker):
    item = first(items, "match")
    pairs = (item.pairs[0], replace(item.pairs[1], right=item.pairs[0].right), *item.pairs[2:])
    assert checker.problems(replace(item, pairs=pairs))
    assert checker.problems(replace(item, choices=item.choices[1:]))


def test_one_finding_asked_about_twice_is_seen_in_another_brief_and_another_language(
    material: Material, checker: Checker
):
    def about(report: str, words: str) -> QuizItem:
        sentence = next(s for s in material.index.sentences if s.report == report and words in s.text)
        quote = material.quote(sentence, "en")
        assert quote
        return QuizItem(report, "fill", "", (quote,), asks="number")

    english = about("monterroso-brief", "more than 10,000")
    brief = about("markets-brief", "10,000")
    other = about("castillo-brief", "120 cooperatives")
    assert checker.together([english, brief]) == ("markets-brief shows a finding of monterroso-brief",)
    assert not checker.together([english, other])
    assert checker.together(
        [about("castillo-brief", "about 100 members"), about("castillo-brief-es", "unos 100 socios")]
    )


def test_words_that_point_out_of_the_quote_are_seen(items: list[QuizItem], checker: Checker):
    item = first(items, "true_false", "who")
    for words in ("For that reason, ", "Likewise, "):
        assert any("points out" in p for p in checker.problems(replace(item, stem=words + item.stem)))


def test_a_country_that_tells_one_member_from_the_others_is_seen(items: list[QuizItem], checker: Checker):
    for kind, asks in (("choice", "who"), ("true_false", "who")):
        item = first(items, kind, asks)
        assert any(
            "tells whose it is" in p
            for p in checker.problems(replace(item, stem=f"{item.stem} Guatemala Bolivia Nicaragua Peru"))
        )
    match = first(items, "match")
    told = replace(match.pairs[0], left=f"{match.pairs[0].left} Guatemala Bolivia Nicaragua Peru")
    assert any("tells whose it is" in p for p in checker.problems(replace(match, pairs=(told, *match.pairs[1:]))))


def test_a_member_beside_a_gap_for_a_country_is_seen(items: list[QuizItem], checker: Checker):
    item = first(items, "choice", "place")
    assert any("name a member" in p for p in checker.problems(replace(item, stem=f"Tassi: {item.stem}")))


def test_an_answer_that_stands_out_is_seen(items: list[QuizItem], checker: Checker):
    item = first(items, "choice", "what")
    long = [replace(o, text=f"{o.text} {o.text} {o.text}") if o.is_right else o for o in item.options]
    assert "the answers are of very different lengths" in checker.problems(with_options(item, *long))
    number = first(items, "choice", "number")
    small = [o if o.is_right else replace(o, text="12") for o in number.options]
    assert {"years and quantities are mixed", "a number is of another size"} & set(
        checker.problems(with_options(number, *small))
    )


@pytest.mark.parametrize(
    ("right", "wrong", "why"),
    [
        ("10,000", ("4,000", "6,000"), ""),
        ("10,000", ("400", "600"), "the right number alone is written in another way"),
        ("120", ("12", "1500"), "a number is of another size"),
        ("1986", ("120", "1990"), "years and quantities are mixed"),
        ("1986", ("2006", "1990"), ""),
    ],
)
def test_numbers_to_choose_from_are_of_one_kind_and_size(right: str, wrong: tuple[str, ...], why: str):
    assert odd_number(right, wrong) == why


def test_statements_to_choose_from_are_of_one_form():
    assert odd_one("[…] finds that kin help.", ("Prices rise in March too.", "Wells dry up in March.")) == (
        "a name is left out in the right answer alone, or in all the others"
    )
    assert not odd_one("[…] finds that kin help.", ("[…] says prices rise.", "Wells dry up in March."))


def test_a_number_is_written_as_the_language_of_its_sentence_writes_it():
    assert [written_in("240.000", "en"), written_in("6,000", "es"), written_in("1986", "es")] == [
        "240,000",
        "6.000",
        "1986",
    ]


def test_an_item_without_a_source_is_seen(items: list[QuizItem], checker: Checker):
    assert "the key has no source" in checker.problems(replace(first(items, "fill"), trace=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tassi (2012) finds that kinship protects (Muñoz and Viaña 2012, p. 3).", "[…] finds that kinship protects."),
        ("Castillo’s study finds a pattern.", "[…] study finds a pattern."),
        ("Kinship, he adds, protects.", None),
        ("Tassi and Castillo agree on this.", None),
        ("The authors add that kinship protects.", None),
        ("Kinship protects, and prices rise.", "Kinship protects, and prices rise."),
        ("In Bolivia, Tassi finds that kinship protects.", "In […], […] finds that kinship protects."),
        ("El productor boliviano cuenta con su familia.", "El productor […] cuenta con su familia."),
        ("In Bolivia and in Peru kinship protects.", None),
        ("Origin wins esteem, Trivelli adds, in the valleys.", None),
        ("El origen vale más, agrega Trivelli, en los valles.", None),
        ("The National Coffee Board sees a key.", None),
    ],
)
def test_names_are_left_out_or_the_sentence_is_not_shown(text: str, shown: str | None):
    assert without_names(text, ROSTER) == shown


def test_numbers_in_brackets_and_footnote_marks_are_not_asked_for():
    text = "Of 1,200 cooperatives (Castillo 2012, p. 8) some 10 are left.2 In 1986 there were 3–5."
    assert [m[0] for m in numbers_in(text)] == ["1,200", "10", "1986"]
    assert digits("6.000") == digits("6,000")


def test_a_gap_takes_the_place_of_the_number_alone():
    text = "About 65 chains link 10,000 farmers (Monterroso 2012)."
    number = numbers_in(text)[1]
    assert with_gap(text, *number.span()) == f"About 65 chains link {GAP} farmers."


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("In Guatemala, policies fail.", "Guatemala"),
        ("En el Perú las cooperativas cayeron.", "Peru"),
        ("In Peru and Bolivia, policies fail.", None),
        ("In Peru, Peruvian policies fail.", None),
        ("Policies fail (Peru 2012).", None),
    ],
)
def test_a_country_is_asked_for_only_where_it_is_named_once_and_alone(text: str, country: str | None):
    found = country_named(text)
    assert (found[0] if found else None) == country


# What makes the items of one session fair together, and what was found beside whose it is.


def fact(items: list[QuizItem], asks: str, *, is_true: bool) -> QuizItem:
    word = say("true" if is_true else "false", "en")
    found = (i for i in items if i.kind == "true_false" and i.asks == asks)
    return next(i for i in found if any(o.is_right and o.text == word for o in i.options))


def test_a_changed_figure_or_country_stands_in_another_sentence_and_the_key_names_the_right_one(
    items: list[QuizItem],
):
    for item in (i for i in items if i.kind == "true_false" and i.asks != "who"):
        whys = {o.why for o in item.options}
        assert len(whys) == 1 and item.answer in whys.pop()


def test_a_fact_with_the_wrong_key_or_a_second_change_is_seen(items: list[QuizItem], checker: Checker):
    item = fact(items, "place", is_true=False)
    turned = [replace(o, is_right=not o.is_right) for o in item.options]
    assert checker.problems(with_options(item, *turned))
    assert any("more than one value" in p for p in checker.problems(replace(item, stem=f"{item.stem} Indeed.")))
    told = fact(items, "place", is_true=True)
    assert checker.problems(replace(told, stem=told.stem.replace(told.answer, "Atlantis")))


def test_a_gap_that_the_words_beside_it_tell_or_that_a_share_of_all_cannot_fill():
    assert tells_place("The Aymara of ____ sell meat.", {"aymara"}) == "aymara"
    assert tells_place("Los aymaras de ____ venden carne.", {"aymara"}) == "aymaras"
    assert tells_place("____ es de los países centroamericanos más avanzados.", ()) == "centroamericanos"
    assert tells_place("In ____ producers sell meat.", {"aymara"}) == ""
    assert is_example("A country such as ____ cannot help.") and is_example("Un producto, como el ____, basta.")
    assert not is_example("Producers in ____ sell meat.")
    assert cannot_stand("They are over ____ per cent of all.", "100")
    assert not cannot_stand("They are over ____ per cent of all.", "85")
    assert not cannot_stand("There are ____ producers.", "100")


def test_the_right_answer_is_neither_the_longest_nor_the_only_one_of_its_form():
    short = "Producers sell to buyers in town."
    assert "longest" in odd_one(
        "Producers who sell their coffee to buyers in town earn more.", [short, f"{short} Yes."]
    )
    assert "form" in odd_one("In town producers sell to buyers.", [short, short])
    assert "form" in odd_one("All 120 producers sell in town.", [short, short])
    assert odd_one("Traders lend money to cousins again.", [short, short]) == ""


def test_no_member_is_asked_about_more_than_twice_where_there_are_others(items: list[QuizItem], material: Material):
    item = first(items, "choice", "who")
    fairness = Fairness(material, 4)
    for _ in range(2):
        assert not list(fairness.objections(item, ()))
        fairness.take(item, ())
    assert any("items rest on" in o for o in fairness.objections(item, ()))
    assert most_of_one(1) > 10


def test_an_item_that_another_gives_away_is_seen(items: list[QuizItem], material: Material):
    item = first(items, "choice", "who")
    key = material.sentence_of(item.trace[0])
    assert key
    fairness = Fairness(material, 1)
    fairness.take(item, [key])
    assert any("gives it away" in o for o in fairness.objections(first(items, "true_false", "who"), [key]))
    assert not list(fairness.objections(first(items, "fill"), [key]))  # names nobody


def test_at_most_two_thirds_ask_whose_a_finding_is(items: list[QuizItem]):
    whose, other = first(items, "choice", "who"), first(items, "fill")
    assert len(balanced([whose, replace(whose, id="b"), replace(whose, id="c"), other])) == 3
    assert len(balanced([whose, replace(whose, id="b"), other])) == 3


def test_a_reason_says_what_the_named_member_says_of_the_same_question(material: Material):
    differ = next(r for r in material.relations if r.label in DIFFERENT and r.a.members and r.b.members)
    wrong = Wrong(material, Taught((differ.a, differ.b)), (), "en", random.Random(1))
    slug, quote = next((s, q) for s, q in wrong.members(differ.a) if s in differ.b.spoken_by)
    assert quote.text in wrong.option(slug, quote, differ.a).why
