"""The chat page without a browser: what is rendered, what is refused, what is told."""

from __future__ import annotations

import socket
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from rag_agency.ask import ask
from rag_agency.build import build
from rag_agency.errors import IndexUnusable, ReportError, RequestError
from rag_agency.records import Answer, AnswerSentence, Question, Source
from rag_agency.settings import Settings
from rag_agency.statements import AUTHORS, counts, statements
from rag_agency.themes import THEMES, is_about, theme_of, themes_of
from rag_agency.web.conversation import Turn, conversation_html, markdown_file, marks_of, picked
from rag_agency.web.job import Done, Step, Summary, Task, run_task, summary_of
from rag_agency.web.labels import LABELS, preferred_language, say
from rag_agency.web.library import Library
from rag_agency.web.markup import markdown, safe_markdown
from rag_agency.web.panel import Shown, Spot, page_words, panel_html
from rag_agency.web.quotations import matrix_html, quotations_html
from rag_agency.web.shelves import corpus_html, preview_html, progress_html
from rag_agency.web.uploads import discard, problem_of, take

XSS = '<img src=x onerror=alert(1)>"><script>alert(2)</script>'
LIVE = ("<img src=x", "<script", 'onerror=alert(1)>"><')


def source(**changes):
    plain = Source(
        "study", "A study", 3, "1", "One hundred members.", "castillo", "Castillo 2012", "member", "Castillo 2012, p. 1"
    )
    return replace(plain, **changes)


def answer(*sources, text="**Castillo**: “One hundred members.” [1]\n\n---\n1. Castillo 2012, p. 1", **changes):
    sentences = tuple(AnswerSentence(s.quote, (s,)) for s in sources or (source(),))
    return replace(Answer("How many?", "en", "answered", text, sentences), **changes)


def harmless(html):
    return not any(live in html for live in LIVE)


class TestMarkup:
    def test_documents_cannot_bring_markup(self):
        html = markdown(f"{XSS} ![p](http://e.org/p.png) [l](http://e.org) <http://e.org> `a`")
        assert harmless(html)
        assert "<a" not in html and "<img" not in html and "href" not in html

    def test_emphasis_and_lists_are_drawn(self):
        html = markdown("**Castillo** says\n\n- one\n- two")
        assert "<strong>Castillo</strong>" in html and html.count("<li>") == 2

    def test_only_known_marks_become_buttons(self):
        html = markdown("a [1] b [7]", lambda n: f"<b>{n}</b>" if n == 1 else None)
        assert "<b>1</b>" in html and "[7]" in html

    def test_files_have_no_pictures_links_or_html(self):
        text = safe_markdown("![p](http://e.org/p.png) [l](http://e.org) <img src=x>")
        assert "](" not in text and "<img" not in text


class TestConversation:
    def test_an_answer_shows_marks_and_citations_as_buttons(self):
        html = conversation_html([Turn("How many?", answer())], "en")
        assert html.count('data-pick="0:1"') == 2
        assert "Castillo 2012, p.&nbsp;1" in html
        assert 'download="answer.md"' in html and 'download="answer.json"' in html

    def test_marks_are_numbered_as_the_text_numbers_them(self, opened):
        result = ask("What do Castillo and Tassi agree on about roads and potatoes?", opened)
        listed = result.text.rpartition("\n---\n")[2].strip().splitlines()
        assert [f"{mark.number}. {mark.citation}" for mark in marks_of(result)] == listed

    def test_a_mark_is_found_again_and_nothing_else_is(self):
        turns = [Turn("How many?", answer())]
        assert picked("0:1", turns) == (source(),)
        for name in ("", "0:2", "1:1", "x:1", "0:", "-1:1", "0:1:1"):
            assert picked(name, turns) == ()

    def test_a_greeting_is_not_told_as_a_gap_of_the_reports(self):
        no = Answer("Hola", "es", status="abstained", text="Pregunte algo.", reason="outside_corpus")
        html = conversation_html([Turn("Hola", no)], "es")
        assert "Pregunte algo." in html and "no lo dicen" not in html

    def test_abstention_failure_and_answer_look_different(self):
        no = Answer("q", "en", "abstained", "The corpus does not say.", reason="nothing_relevant")
        abstained = conversation_html([Turn("q", no)], "en")
        failed = conversation_html([Turn("q", failure="No index")], "en")
        assert "note abstained" in abstained and "note failed" not in abstained
        assert "note failed" in failed and "note abstained" not in failed
        assert say("failed", "en") in failed and say("failed_hint", "en") in failed
        assert say("abstained", "en") not in failed

    def test_a_part_of_an_answer_says_what_is_missing(self):
        html = conversation_html([Turn("q", answer(status="partial", missing=("the cost",)))], "en")
        assert say("partial", "en") in html and "the cost" in html

    def test_an_answer_says_how_likely_it_is_that_the_reports_answer(self):
        assert "87 %" in conversation_html([Turn("q", answer(confidence=0.871))], "es")
        assert "%" not in conversation_html([Turn("q", answer())], "en").split('class="tools"')[0]

    def test_hostile_words_stay_words(self):
        hostile = answer(source(quote=XSS, citation=XSS, title=XSS), text=f"{XSS} [1]\n\n---\n1. {XSS}", missing=(XSS,))
        for turn in (Turn(XSS, hostile), Turn(XSS, failure=XSS), Turn(XSS)):
            assert harmless(conversation_html([turn], "en"))

    def test_the_file_keeps_question_answer_and_reports(self):
        text = markdown_file(Turn("How many?", answer()))
        assert text.startswith("# How many?") and "1. Castillo 2012, p. 1" in text and "- A study" in text


class TestPanel:
    @pytest.fixture
    def shown(self, opened) -> Shown:
        library = Library(lambda: opened)
        result = library.ask(Question("How many members do coffee cooperatives in Peru have?"))
        shown = library.show(marks_of(result)[0].sources)
        assert shown is not None
        return shown

    def test_it_shows_member_report_quote_and_the_marked_page(self, shown):
        html = panel_html(shown, "en")
        assert "Lorenzo Castillo" in html and "Castillo 2012" in html and "A study of markets" in html
        assert f"<mark>{shown.spots[0].source.quote}</mark>" in html
        assert 'src="data:image/jpeg;base64,' in html
        top, bottom = shown.spots[0].mark
        assert 0 < top < bottom < 1

    def test_it_says_that_a_brief_restates_another_report(self, shown):
        brief = replace(shown, report=replace(shown.report, based_on="Muñoz and Viaña 2012"))
        assert "it restates Muñoz and Viaña 2012" in panel_html(brief, "en")
        assert "resume Muñoz y Viaña 2012" in panel_html(brief, "es")
        assert "restates" not in panel_html(shown, "en")

    def test_hostile_words_stay_words(self, shown):
        spot = Spot(source(quote=XSS, citation=XSS), XSS, XSS, True, "", XSS)
        member = replace(shown.speakers[0][0], name=XSS, affiliation=XSS)
        hostile = Shown(replace(shown.report, title=XSS, based_on=XSS), ((member, XSS),), (XSS,), (spot,))
        assert harmless(panel_html(hostile, "en", XSS))

    def test_a_page_that_cannot_be_drawn_is_said_to_be_so(self, opened, tmp_path):
        library = Library(lambda: opened)
        shown = library.show((source(report=opened.index.reports[0].id, page=99, quote="nothing"),))
        assert "has no page 99" in panel_html(shown, "en")

    def test_a_report_that_is_gone_shows_nothing(self, opened):
        assert Library(lambda: opened).show((source(report="gone"),)) is None

    @pytest.mark.parametrize(
        ("page", "label", "words"),
        [
            (9, "7", "Page 7 · page 9 of the PDF"),
            (7, "7", "Page 7"),
            (9, None, "Page 9 of the PDF · no printed number"),
        ],
    )
    def test_printed_and_physical_page(self, page, label, words):
        assert page_words(page, label, "en") == words


class TestWhoSaysWhat:
    def test_counts_are_the_quotations_behind_them(self, opened):
        index = opened.index
        numbers = counts(index)
        for (member, slug), number in numbers.items():
            theme = next((t for t in themes_of(index.roster) if t.slug == slug), None)
            assert len(statements(index, member, theme)) == number
        assert numbers["castillo", ""] == 2

    def test_voices_do_not_mix(self, opened):
        tassi = statements(opened.index, "tassi")
        assert tassi and all("tassi" in {m.member for m in s.members} for s in tassi)
        assert all(s.voice == "authors" for s in statements(opened.index, AUTHORS))

    def test_an_empty_cell_is_honest(self, opened):
        index = opened.index
        html = matrix_html(index.roster, [THEMES["trade"]], {}, 1, "en")
        assert "no statement found in 1 report" in html and 'data-pick="castillo|trade"' in html
        assert "No statement found in 1 report." in quotations_html("x", (), index.reports, {}, "en")
        assert "Ningún enunciado en 1 informes" not in quotations_html("x", (), index.reports, {}, "es")

    def test_quotations_stand_by_report_with_their_page(self, opened):
        index = opened.index
        found = statements(index, "tassi")
        html = quotations_html("Nico Tassi", found, index.reports, {"tassi": "Nico Tassi"}, "en")
        assert "A study of markets" in html and "p.&nbsp;1" in html
        assert f'data-pick="{found[0].report}|{found[0].number}"' in html

    def test_hostile_words_stay_words(self, opened):
        sentence = replace(opened.index.sentences[1], text=XSS)
        report = replace(opened.index.reports[0], title=XSS, citation=XSS)
        assert harmless(quotations_html(XSS, (sentence,), (report,), {}, "en"))

    def test_a_theme_is_found_in_both_languages_and_a_word_is_its_own_theme(self, opened):
        sentence = opened.index.sentences[1]
        assert is_about(replace(sentence, text="Las cooperativas cafetaleras"), THEMES["organisations"])
        assert not is_about(replace(sentence, text="Es importante", section=""), THEMES["trade"])
        assert theme_of("informalidad") is THEMES["informality"]
        assert is_about(replace(sentence, text="The potatoes", section=""), theme_of("Potato"))
        assert not is_about(sentence, theme_of("  "))
        assert not is_about(sentence, theme_of("a(b"))


class TestReports:
    SUMMARY = Summary(
        "study", "study.pdf", "A study", "Muñoz 2012", 2012, 2, 9, {"castillo": 3}, ("page 2 has no text",)
    )

    def test_the_list_tells_what_was_read(self):
        html = corpus_html([self.SUMMARY], {"castillo": "Lorenzo Castillo"}, "en")
        for fact in (
            "A study",
            "Muñoz 2012",
            "2 pages",
            "9 sentences",
            "Lorenzo Castillo <b>3</b>",
            "page 2 has no text",
        ):
            assert fact in html

    def test_a_preview_says_what_it_would_replace_and_what_failed(self):
        newer = replace(self.SUMMARY, sha256="b")
        html = preview_html([newer], [("x.pdf", f"{XSS} is locked")], [replace(self.SUMMARY, sha256="a")], {}, "en")
        assert "Takes the place of “A study”" in html and "is locked" in html and harmless(html)
        assert say("known", "en") in preview_html([newer], [], [newer], {}, "en")

    def test_hostile_words_stay_words(self):
        hostile = replace(
            self.SUMMARY, id=XSS, title=XSS, citation=XSS, file=XSS, warnings=(XSS,) * 9, members={XSS: 1}
        )
        assert harmless(corpus_html([hostile], {}, "en")) and harmless(progress_html(Step(XSS, 0, 2), 3, "en"))

    def test_files_are_checked_by_their_bytes(self, tmp_path, monkeypatch):
        photo, paper = tmp_path / "photo.pdf", tmp_path / "paper.pdf"
        photo.write_bytes(b"\xff\xd8\xff\xe0 JPEG")
        paper.write_bytes(b"%PDF-1.7 ...")
        assert "photo.pdf is not a PDF" in problem_of(photo, "en")
        assert problem_of(paper, "en") == ""
        monkeypatch.setattr("rag_agency.web.uploads.MOST_BYTES", 4)
        assert "over 100 MB" in problem_of(paper, "en")

    def test_a_preview_leaves_the_corpus_alone_and_nothing_behind(self, tmp_path):
        paper = tmp_path / "paper.pdf"
        paper.write_bytes(b"%PDF-1.7 ...")
        settings = Settings(index=tmp_path / "index", chroma_url="http://chroma")
        preview = take([paper])
        task = preview.reading(settings)
        assert task.settings.index != settings.index and task.settings.chroma_url == ""
        failed = replace(preview, done=Done((), (("paper.pdf", "locked"),)))
        assert failed.adding(settings) == Task(settings, ())
        discard(preview)
        assert not preview.folder.exists() and paper.exists()

    def test_a_summary_counts_what_the_reading_holds(self, opened):
        summary = summary_of(opened.index.readings[0])
        assert summary.title == "A study of markets"
        assert summary.members == {"castillo": 2, "tassi": 2}

    def test_the_child_process_fails_in_its_own_words(self, tmp_path):
        settings = Settings(index=tmp_path / "index", corpus=tmp_path)
        (tmp_path / "members.toml").write_text("[[member]]\nname = 3\n", encoding="utf-8")
        with pytest.raises(Exception, match="members.toml line"):
            list(run_task(Task(settings, (tmp_path,))))


class TestLibrary:
    def test_a_refreshed_library_answers_from_the_new_index(self, house, opened):
        current = [opened]
        library = Library(lambda: current[0])
        before = library.opened
        current[0] = replace(opened)
        assert library.opened is before
        library.refresh()
        assert library.opened is current[0]

    def test_questions_from_many_threads_are_all_answered(self, opened):
        library = Library(lambda: opened)
        results: list[Answer] = []
        threads = [
            threading.Thread(
                target=lambda: results.append(library.ask(Question("How many members do cooperatives have?")))
            )
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len({result.text for result in results}) == 1 and len(results) == 6

    @pytest.mark.parametrize(
        ("error", "told"), [(ReportError("study.pdf is gone"), "study.pdf is gone"), (KeyError("x"), "KeyError")]
    )
    def test_a_failure_is_told_as_one(self, opened, error, told):
        from rag_agency.web.chat import answered

        def broken(_question):
            raise error

        library = Library(lambda: opened)
        library.ask = broken
        turn = answered(library, Question("q"), "en")
        assert turn.answer is None and told in (turn.failure or "")

    def test_a_build_is_seen_by_the_next_question(self, house):
        from papers import study_paper

        study_paper(house.corpus / "study.pdf")
        house.build()
        library = Library(house.open)
        name = library.opened.index.reports[0].id
        other = study_paper(house.corpus.parent / "other.pdf", "= Maize\n\nMaize is ground in seven mills.", "Maize")
        build(house.settings, [other], embedders=house.embedders)
        library.refresh()
        assert len(library.opened.index.reports) == 2
        build(house.settings, remove=[name], embedders=house.embedders)
        library.refresh()
        assert [r.title for r in library.opened.index.reports] == ["Maize"]


class TestLabels:
    def test_every_label_has_both_languages_with_the_same_places(self):
        for english, spanish in LABELS.values():
            assert english and spanish
            assert {p for p in "0123" if f"{{{p}}}" in english} == {p for p in "0123" if f"{{{p}}}" in spanish}

    @pytest.mark.parametrize(
        ("accept", "language"),
        [
            ("es-BO,es;q=0.9,en;q=0.8", "es"),
            ("en-GB,en;q=0.9", "en"),
            ("fr,es;q=0.5,en;q=0.4", "es"),
            ("", "en"),
            ("x;q=y", "en"),
        ],
    )
    def test_the_browser_decides_the_first_language(self, accept, language):
        assert preferred_language(accept) == language


class TestServing:
    def test_names_and_passwords_are_read_or_refused_by_line(self, tmp_path):
        from rag_agency.web.server import read_users

        file = tmp_path / "users"
        file.write_text("ana:se:cret\n\nluis:x\n", encoding="utf-8")
        assert read_users(file) == [("ana", "se:cret"), ("luis", "x")]
        for text, told in (("ana\n", "line 1"), ("", "names nobody")):
            file.write_text(text, encoding="utf-8")
            with pytest.raises(RequestError, match=told):
                read_users(file)
        with pytest.raises(RequestError, match="cannot be read"):
            read_users(tmp_path / "none")

    def test_a_port_in_use_is_one_clear_line(self):
        from rag_agency.web.server import bind

        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with pytest.raises(RequestError, match=f"127.0.0.1:{port} cannot be used .*--port {port + 1}"):
                bind("127.0.0.1", port)

    def test_without_an_index_nothing_is_served(self, house, monkeypatch):
        from rag_agency.web import server

        monkeypatch.setattr(server, "open_embedders", lambda _settings: house.embedders)
        with pytest.raises(IndexUnusable, match="rag-agency build"):
            server.run(house.settings, "127.0.0.1", 0, None)

    def test_the_package_is_imported_without_gradio(self):
        import subprocess

        code = "import sys, rag_agency.web; sys.exit('gradio' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent).returncode == 0
