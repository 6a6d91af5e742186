"""How far a quote reaches: with the sentence that it needs and the one that limits it, or not at all."""

from __future__ import annotations

from rag_agency.course.extent import Extents, joined
from rag_agency.records import Kind, Page, Piece, Sentence, Span, Speaker
from rag_agency.wholeness import is_unplaced, limits, points_out

LEAD = "Ana Lima names in her study what a cooperative in Peru must do (Lima 2012):"
ITEMS = ("Its members have to see results in every single year.", "It needs strong leaders who listen to its members.")


def told(*texts: str, kinds: dict[int, Kind] | None = None, voices: dict[int, str] | None = None) -> list[Sentence]:
    """Return one paragraph of a member's, sentence by sentence; some may be of another kind or voice."""
    made = []
    for number, text in enumerate(texts):
        page = Page("report", 1, "1", text)
        member = (voices or {}).get(number, "lima")
        speakers = (Speaker(member, None),) if member else ()
        kind = (kinds or {}).get(number, "body")
        paragraph = 100 + number if kind == "list" else 1
        piece = Piece(Span(page, 0, len(text)), text)
        voice = "member" if member else "authors"
        made.append(Sentence("report", number, text, (piece,), "Heading", kind, paragraph, voice, speakers))
    return made


def quoted(sentences: list[Sentence], number: int) -> str:
    """Return what is quoted with one of some sentences; empty where it cannot be."""
    return joined(Extents({"report": sentences}, lambda s: not s.text.endswith(":")).of(sentences[number]))


def test_a_sentence_that_the_next_one_takes_back_is_quoted_with_it():
    clear = "Some organisations see and understand the external markets clearly."
    back = "Even so, the way policy is made keeps them out of the talks."
    plain = "Prices in the valley are told by radio to most producers."
    assert quoted(told(clear, back), 0) == f"{clear} {back}"
    assert quoted(told(clear, plain), 0) == clear


def test_a_limit_of_another_voice_leaves_the_sentence_out():
    figure = "A cooperative in Peru has about 100 members with land of their own."
    limit = "The report warns that the figures are not generalisable to others."
    assert quoted(told(figure, limit, voices={1: ""}), 0) == ""


def test_a_sentence_that_points_back_takes_the_one_before_along():
    bonds = "Kinship bonds link producers, traders and butchers in Bolivia."
    such = "These networks may protect their members from stronger competitors."
    assert quoted(told(bonds, such), 1) == f"{bonds} {such}"
    assert quoted(told(such, such), 1) == ""
    assert quoted(told(bonds, such, voices={0: ""}), 1) == ""


def test_what_somebody_else_is_introduced_for_is_quoted_with_the_name():
    named = "Eva Paz, of the team that worked with Lima, notes that producers are key actors."
    hers = "Recognised origin begins to be valued in the towns and farther off."
    assert quoted(told(named, hers), 1) == f"{named} {hers}"


def test_an_item_that_points_back_takes_the_lead_in_of_its_list_along_and_what_is_left_out_is_marked():
    listed = told(LEAD, *ITEMS, kinds={1: "list", 2: "list"})
    assert quoted(listed, 1) == f"{LEAD} {ITEMS[0]}"
    assert quoted(listed, 2) == f"{LEAD} […] {ITEMS[1]}"


def test_a_list_that_the_text_takes_back_after_it_is_not_quoted():
    after = "According to Lima, however, few of the cooperatives manage it."
    assert quoted(told(LEAD, *ITEMS, after, kinds={1: "list", 2: "list"}), 1) == ""


def test_what_happened_needs_a_place_a_name_or_a_date():
    assert is_unplaced("The cooperatives gained working capital and capacity to invest.")
    assert is_unplaced("Las cooperativas ganaron capital de trabajo y capacidad de inversión.")
    assert is_unplaced("National policies have always been made by those in power.")
    assert not is_unplaced("The cooperatives of Nicaragua gained working capital.")
    assert not is_unplaced("Las cooperativas ganaron capital de trabajo en 2011.")
    assert not is_unplaced("Cooperatives need working capital and capacity to invest.")


def test_a_verb_without_its_subject_and_a_he_without_a_name_point_back():
    assert points_out("A mediano plazo, sostienen Lima y Paz, no fortalece la agencia del productor.")
    assert not points_out("En Bolivia, señala Lima, no hay otra forma de diálogo.")
    assert points_out("On trade, he finds small producers shut out of decisions.")
    assert not points_out("According to Lima, he finds small producers shut out.")
    assert points_out("Un Estado así no resulta apto para atender demandas diversas.")


def test_what_limits_the_sentence_before_is_told_from_what_goes_on():
    assert limits("El avance se ve sobre todo en grandes agricultores.")
    assert limits("Ese marco, señala el pasaje, es poco coherente.")
    assert limits("No funcionan porque faltan recursos.")
    assert not limits("Estas redes vinculan a la comunidad con la ciudad.")
    assert not limits("Producers sell to whoever pays the most.")
