"""The report: the first screen says what failed and why, each failure can be followed to its page."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from runs import better_run, run

from rag_agency.evaluation.records import Metric
from rag_agency.evaluation.report import report_html, write_report
from rag_agency.evaluation.report.figures import interval_of, written
from rag_agency.evaluation.report.plots import curve_svg, interval_svg

XSS = "<img src=x onerror=alert(1)><script>alert(2)</script>"
VOID = {"meta", "br", "img", "line", "circle", "polyline", "hr"}


class Page(HTMLParser):
    """Reads a page: its tags, its text, what it refers to, and whether every tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.refers: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open += [tag] if tag not in VOID else []
        self.refers += [value for name, value in attrs if name in ("href", "src", "action", "srcset")]
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))


@pytest.fixture(scope="module")
def html() -> str:
    return report_html(run(), better_run())


def test_the_first_screen_says_what_failed_and_why(html):
    first = Page(html).text.split("All figures Each with")[0]
    assert "Failed" in first and "not on its page" in first
    assert first.index("Failed") < first.index("False attributions 2.0") < first.index("What could not be done")
    assert "What these numbers cannot see" in first and "represents the member fairly" in first


def test_a_run_that_passed_says_so():
    passed = replace(run(), gates=run().gates[1:])
    text = Page(report_html(passed)).text
    assert "Passed" in text and "Every gate holds." in text


def test_it_is_one_file_that_loads_and_runs_nothing(html):
    page = Page(html)
    assert all(place.startswith("#") for place in page.refers)
    assert not {"script", "link", "iframe", "object", "embed", "img"} & set(page.tags)
    assert "url(" not in html and "@import" not in html and "default-src 'none'" in html


def test_every_tag_is_closed_and_every_link_leads_to_a_place_on_the_page(html):
    page = Page(html)
    assert page.open == []
    assert {place[1:] for place in page.refers} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_a_failed_question_shows_answer_expected_and_got_and_its_quote_in_the_page(html):
    drill = html[html.index('id="q-A2"') :].partition('<section id="figures">')[0]
    assert "¿Dónde se guardan las papas?" in drill and 'lang="es"' in drill
    assert "these words do not stand there" in drill and "They stand on page 2" in drill
    assert "<mark>Potatoes are stored in three hundred sheds</mark>. Nobody counts" in drill
    assert "1 of 1" in drill and "0 of 1" in drill and "En cobertizos." in drill


def test_a_place_that_two_checks_looked_at_is_shown_once(html):
    assert html.count('<div class="finding">') == 1
    assert "<p><b>Quotes on their page:</b>" in html and "<p><b>Right page:</b>" in html


def test_the_difference_to_the_earlier_run_stands_beside_each_failure(html):
    text = Page(html).text
    assert "New since the earlier run:" in text and "What the earlier run answered Papas." in text
    assert "New since" not in Page(report_html(run())).text


def test_a_crash_is_a_failure_with_its_error(html):
    text = Page(html).text
    assert "The question crashed: ValueError: <b>no</b> index" in text and "1 crashed" in text


def test_those_that_break_a_hard_gate_come_first_and_crashes_before_them(html):
    assert html.index('id="q-A3"') < html.index('id="q-A2"') < html.index('id="q-A1"')


def test_what_could_not_be_computed_is_said(html):
    text = Page(html).text
    assert (
        "the system shows no retrieval" in text and "not computed" in text and "No language model is at hand." in text
    )


def test_screens_stand_beside_their_own_error(html):
    text = Page(html).text
    at = text.index("support_lex")
    assert at < text.index("Corrected for the checker", at) < text.index("Its own error on labelled pairs", at)
    assert "Area under the ROC curve" in text[at:]


def test_baselines_planted_faults_and_slices_are_there(html):
    text = Page(html).text
    for words in ("always declines", "Page plus one", "9 of 10", "By member", "By language Language", "Spanish"):
        assert words in text


def test_harmless_changes_stand_apart_from_faults():
    base = run()
    harmless = replace(base.mutations[0], kind="spaces", structural=False, made=4, caught=0)
    text = Page(report_html(replace(base, mutations=(*base.mutations, harmless)))).text
    assert (
        text.index("Page plus one") < text.index("Harmless changes, which must not be noticed") < text.index("Spaces")
    )


def test_a_figure_of_one_group_has_no_interval():
    alone = Metric("x", 1.0, 3, 1, 1.0, 1.0, "one cluster: none")
    assert interval_of(alone) == "" and "range" not in str(interval_svg(alone))


def test_what_was_not_computed_is_called_by_its_title():
    text = Page(report_html(replace(run(), said=("aurc was not computed: no confidence",)))).text
    assert "Risk over coverage (AURC) was not computed: no confidence." in text


def test_hostile_words_stay_words():
    base = run()
    item = replace(base.items[1].item, question=XSS, answer=XSS, id=f'A"{XSS}', history=(XSS,))
    check = replace(base.items[1].checks[0], expected=XSS, got=XSS)
    hostile = replace(
        base,
        items=(replace(base.items[1], item=item, checks=(check,)), replace(base.items[2], error=XSS)),
        pages=tuple(replace(p, text=f"{XSS} {p.text} {XSS}", title=XSS) for p in base.pages),
        said=(XSS,),
        gates=tuple(replace(g, why=XSS, items=(item.id,)) for g in base.gates),
        system=XSS,
    )
    page = Page(report_html(hostile))
    assert not {"img", "script"} & set(page.tags) and XSS in page.text
    assert {place[1:] for place in page.refers} <= set(page.ids)


def test_an_empty_run_is_still_a_page():
    empty = replace(
        run(),
        items=(),
        metrics=(),
        gates=(),
        baselines=(),
        mutations=(),
        checkers=(),
        curve=(),
        comparison=None,
        pages=(),
        said=(),
    )
    text = Page(report_html(empty)).text
    assert "No gate was set" in text and "No question failed a check." in text


def test_it_is_written_beside_and_swapped_in(tmp_path: Path):
    (tmp_path / "report.html").write_text("old")
    place = write_report(run(), tmp_path / "out")
    assert place.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [file.name for file in place.parent.iterdir()] == ["report.html"]


def test_figures_are_written_as_readers_read_them():
    assert written(0.667) == "66.7\u202f%" and written(-0.25, share=False) == "−0.250" and written(None) == "–"
    assert written(0.1, signed=True) == "+10.0\u202f%"
    assert interval_of(Metric("x", 0.5, 9, 9, 0.4, 0.6)) == "40.0 to 60.0\u202f%"


def test_bars_stay_inside_their_frame_and_mark_the_value():
    svg = str(interval_svg(Metric("x", -0.5, 9, 9, -2.0, 3.0), -1.0))
    assert 'x1="0.00" x2="100.00"' in svg and 'x1="25.00"' in svg
    assert "range" not in str(interval_svg(Metric("x", 0.5)))


def test_the_curve_ends_where_the_system_is():
    svg = str(curve_svg(run().curve))
    last = re.search(r'points="[^"]* ([\d.]+),([\d.]+)"', svg)
    assert f'cx="{last[1]}" cy="{last[2]}"' in svg
    assert "40%" in svg  # the axis ends above the highest risk
