"""STORY 1: what is added, changed, removed, unchanged and failed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from conftest import House
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import PLAIN, damaged, jpeg_named_pdf, locked, raw_pdf, study_paper, typeset, with_hidden_text

from rag_agency import corpus
from rag_agency.errors import CorpusError, ReportError, RequestError

LLAMAS = "Llamas carry salt over the pass in the dry months of the year."


@pytest.fixture
def built(house: House) -> House:
    study_paper(house.corpus / "study.pdf")
    house.build()
    return house


def files(house: House) -> set[str]:
    return {report.file for report in house.open().index.reports}


def test_a_first_build_adds_what_is_there(house: House):
    study_paper(house.corpus / "study.pdf")
    typeset(LLAMAS, house.corpus / "llamas.pdf")
    result = house.build()
    assert (result.reports, result.pages, len(result.added)) == (2, 2, 2)
    assert (result.changed, result.removed, result.unchanged, result.failed) == ((), (), (), ())
    assert result.sentences > result.passages > 0


def test_a_second_build_reads_nothing_and_writes_nothing(built: House, monkeypatch):
    before = built.open().index.name
    monkeypatch.setattr(sys.modules["rag_agency.pages"], "read_document", lambda *_: pytest.fail("read again"))
    result = built.build()
    assert (result.added, result.unchanged, result.index) == ((), ("munoz-viana-n-d",), before)
    assert result.seconds < 3


def test_a_changed_pdf_replaces_its_passages(built: House):
    study_paper(built.corpus / "study.pdf", LLAMAS)
    result = built.build()
    assert (result.changed, result.added, result.reports) == (("munoz-viana-n-d",), (), 1)
    assert {s.text for s in built.open().index.sentences} == {LLAMAS}


def test_a_pdf_that_left_its_folder_goes(built: House):
    typeset(LLAMAS, built.corpus / "llamas.pdf")
    built.build()
    (built.corpus / "study.pdf").unlink()
    result = built.build()
    assert (result.removed, result.reports) == (("munoz-viana-n-d",), 1)
    assert files(built) == {"llamas.pdf"}


def test_a_folder_emptied_of_its_last_pdf_leaves_an_empty_index(built: House):
    (built.corpus / "study.pdf").unlink()
    assert built.build().reports == 0
    assert built.open().index.passages == ()


def test_a_pdf_named_alone_is_added_and_stays(built: House, tmp_path: Path):
    path = typeset(LLAMAS, tmp_path / "llamas.pdf")
    result = built.build(path)
    assert len(result.added) == len(result.unchanged) == 1
    path.unlink()
    built.build()
    assert files(built) == {"study.pdf", "llamas.pdf"}


def test_building_a_second_folder_keeps_the_first(built: House, tmp_path: Path):
    (tmp_path / "more").mkdir()
    typeset(LLAMAS, tmp_path / "more" / "llamas.pdf")
    built.build(tmp_path / "more")
    assert files(built) == {"study.pdf", "llamas.pdf"}


def test_a_report_is_taken_out_by_its_id(built: House):
    result = built.build(remove=["munoz-viana-n-d"])
    assert (result.removed, result.reports) == (("munoz-viana-n-d",), 0)


def test_the_copy_of_a_removed_pdf_goes_with_its_last_generation(built: House):
    sha = corpus.sha256_of(built.corpus / "study.pdf")
    kept = built.settings.index / "files" / f"{sha}.pdf"
    built.build(remove=["munoz-viana-n-d"])
    assert kept.exists()  # readers of the generation before may still show it
    typeset(LLAMAS, built.corpus / "study.pdf")
    built.build()
    assert not kept.exists()


def test_the_same_bytes_twice_are_one_report(built: House, tmp_path: Path):
    shutil.copy(built.corpus / "study.pdf", built.corpus / "copy.pdf")
    shutil.copy(built.corpus / "study.pdf", tmp_path / "again.pdf")
    assert built.build().reports == 1
    assert built.build(tmp_path / "again.pdf").reports == 1


def test_reports_of_one_name_get_ids_of_their_own(house: House):
    study_paper(house.corpus / "a.pdf")
    study_paper(house.corpus / "b.pdf", LLAMAS)
    study_paper(house.corpus / "c.pdf", LLAMAS + " They rest.")
    house.build()
    opened = house.open().index
    assert sorted(r.id for r in opened.reports) == [
        "munoz-viana-n-d",
        "munoz-viana-n-d-2",
        "munoz-viana-n-d-3",
    ]
    assert len({p.id for p in opened.passages}) == len(opened.passages)


def test_two_files_of_one_name_from_two_folders_are_two_reports(built: House, tmp_path: Path):
    (tmp_path / "more").mkdir()
    typeset(LLAMAS, tmp_path / "more" / "study.pdf")
    result = built.build(tmp_path / "more")
    assert result.reports == 2
    assert result.removed == ()


def test_a_pdf_that_fails_is_listed_and_the_others_are_indexed(house: House):
    study_paper(house.corpus / "study.pdf")
    damaged(house.corpus / "damaged.pdf")
    jpeg_named_pdf(house.corpus / "photo.pdf")
    locked(house.corpus / "study.pdf", house.corpus / "locked.pdf", "secret")
    result = house.build()
    assert result.reports == 1
    assert [file for file, _ in result.failed] == ["damaged.pdf", "locked.pdf", "photo.pdf"]
    assert all(error.startswith(file) for file, error in result.failed)


def test_where_nothing_can_be_indexed_it_says_so_and_why(house: House):
    jpeg_named_pdf(house.corpus / "photo.pdf")
    with pytest.raises(ReportError, match=r"photo\.pdf is not a PDF"):
        house.build()


def test_the_same_holds_where_the_index_is_empty_already(house: House):
    house.build()
    jpeg_named_pdf(house.corpus / "photo.pdf")
    with pytest.raises(ReportError, match=r"photo\.pdf is not a PDF"):
        house.build()


def test_a_pdf_that_is_broken_now_does_not_lose_the_others(built: House):
    typeset(LLAMAS, built.corpus / "llamas.pdf")
    built.build()
    jpeg_named_pdf(built.corpus / "study.pdf")
    result = built.build()
    assert [file for file, _ in result.failed] == ["study.pdf"]
    assert files(built) == {"llamas.pdf"}
    assert result.reports == 1


def test_when_the_only_pdf_is_broken_now_the_index_is_left_as_it_was(built: House):
    jpeg_named_pdf(built.corpus / "study.pdf")
    with pytest.raises(ReportError):
        built.build()
    assert files(built) == {"study.pdf"}


def test_hidden_words_are_told_and_cannot_be_found(house: House):
    with_hidden_text("white", house.corpus / "a.pdf")
    result = house.build()
    assert result.warnings["a.pdf"] == ("page 1 has 8 words that no reader can see; they were left out",)
    assert not any("fertiliser" in p.text for p in house.open().index.passages)


def test_an_empty_corpus_is_an_empty_index(house: House):
    assert house.build().reports == 0
    assert house.open().index.reports == ()


def test_a_place_that_is_not_there_is_refused_before_anything_is_written(built: House, tmp_path: Path):
    with pytest.raises(RequestError, match="gone"):
        built.build(tmp_path / "gone")
    assert files(built) == {"study.pdf"}


def test_a_wrong_roster_stops_the_build_and_leaves_the_index(built: House):
    (built.corpus / "members.toml").write_text("[[member]]\nslug=1\n", encoding="utf-8")
    with pytest.raises(CorpusError):
        built.build()
    assert built.open().index.reports


def test_another_roster_can_be_named(house: House, tmp_path: Path):
    study_paper(house.corpus / "study.pdf")
    other = tmp_path / "others.toml"
    other.write_text('[[member]]\nslug = "tassi"\nname = "Nico Tassi"\n', encoding="utf-8")
    house.build(members=other)
    assert [m.slug for m in house.open().index.roster] == ["tassi"]


def test_the_catalogue_names_a_report(house: House):
    study_paper(house.corpus / "study.pdf")
    (house.corpus / "reports.toml").write_text(
        '[[report]]\nid = "s-1"\nfile = "study.pdf"\ntitle = "S"\nyear = 2012\ncitation = "Paz 2012"\n',
        encoding="utf-8",
    )
    house.build()
    (report,) = house.open().index.reports
    assert (report.id, report.citation) == ("s-1", "Paz 2012")


def test_an_entry_that_is_mended_counts_in_the_next_build(built: House):
    (built.corpus / "reports.toml").write_text(
        '[[report]]\nid = "s-1"\nfile = "study.pdf"\ntitle = "S"\nyear = 2012\ncitation = "Paz 2012"\n',
        encoding="utf-8",
    )
    built.build()
    (report,) = built.open().index.reports
    assert (report.id, report.citation) == ("s-1", "Paz 2012")


def test_a_pdf_added_alone_keeps_its_name_when_all_is_read_again(built: House, tmp_path: Path, monkeypatch):
    path = typeset(LLAMAS, tmp_path / "llamas.pdf")
    built.build(path)
    path.unlink()
    before = {r.file: (r.id, built.open().index.origins[r.id]) for r in built.open().index.reports}
    monkeypatch.setattr(sys.modules["rag_agency.build"], "_reading_code", lambda: "another")
    result = built.build()
    opened = built.open().index
    assert {r.file: (r.id, opened.origins[r.id]) for r in opened.reports} == before
    assert (len(result.changed), result.added) == (2, ())


def test_progress_is_told_for_each_file_and_at_the_end(house: House):
    study_paper(house.corpus / "a.pdf")
    typeset(LLAMAS, house.corpus / "b.pdf")
    told: list[tuple[str, int, int]] = []
    house.build(progress=lambda *step: told.append(step))
    assert told == [("a.pdf", 0, 2), ("b.pdf", 1, 2), ("", 2, 2)]


def test_what_build_tells_has_the_keys_of_the_contract(built: House):
    told = built.build().to_dict()
    keys = "reports pages sentences passages added changed removed unchanged failed seconds"
    assert set(keys.split()) <= set(told)


@given(history=st.lists(st.sampled_from(["add a", "add b", "change a", "remove a", "remove b", "build"]), max_size=5))
@settings(max_examples=8)
def test_after_any_history_the_index_is_what_the_folder_holds(history, tmp_path_factory):
    from conftest import make_house

    house = make_house(tmp_path_factory.mktemp("history"))
    for step in [*history, "build"]:
        act, name = (step + " ").split(" ")[:2]
        path = house.corpus / f"{name}.pdf"
        if act == "add":
            raw_pdf([PLAIN.replace("coffee", f"coffee {name}")], path)
        elif act == "change":
            raw_pdf([PLAIN.replace("coffee", f"cocoa {name}")], path)
        elif act == "remove":
            path.unlink(missing_ok=True)
        else:
            house.build()
    held = {r.sha256 for r in house.open().index.reports}
    assert held == {corpus.sha256_of(p) for p in house.corpus.glob("*.pdf")}
