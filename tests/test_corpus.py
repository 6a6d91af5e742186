"""The catalogue and the roster: what is wrong in them is named with file, line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import MEMBERS_TOML, PLAIN, raw_pdf, study_paper, typeset

from rag_agency import corpus
from rag_agency.errors import CorpusError, RequestError
from rag_agency.pages import read_document
from rag_agency.records import Report

MEMBER = '[[member]]\nslug = "castillo"\nname = "Lorenzo Castillo"\n'
REPORT = '[[report]]\nid = "a"\nfile = "a.pdf"\ntitle = "A"\n'


def written(folder: Path, text: str, name: str = "members.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MEMBER + "countries = [\n", "line 4, the last"),
        (MEMBER + "name = \n", "line 4"),
        (MEMBER + "age = 40\n", "line 4: age"),
        (MEMBER + 'countries = "Peru"\n', "line 4: countries"),
        ("# the roster\n\n" + MEMBER.replace("castillo", "Cas Tillo", 1), "line 4: slug"),
        (MEMBER + '\n[[member]]\nslug = "tassi"\n', "line 5: name"),
        (MEMBER + MEMBER, "line 5: castillo stands twice"),
        ("[member]\nslug = 'x'\n", "line 1"),
        ("[[members]]\nslug = 'x'\n", "line 1"),
        ("slug = 'x'\n", "line 1"),
        ("member = [1, 2]\n", "line 1"),
    ],
)
def test_a_wrong_roster_names_the_file_the_line_and_the_cure(tmp_path: Path, text: str, said: str):
    path = written(tmp_path, text)
    with pytest.raises(CorpusError) as caught:
        corpus.read_members(path)
    message = str(caught.value)
    assert str(path) in message and said in message and "\n" not in message
    assert any(cure in message for cure in ("mend", "expected", "give"))


def test_a_missing_roster_says_where_to_put_it(tmp_path: Path):
    with pytest.raises(CorpusError, match=r"members\.toml cannot be read: No such file.*; put the file there"):
        corpus.read_members(tmp_path / "members.toml")


def test_a_file_that_is_no_text_is_named(tmp_path: Path):
    path = tmp_path / "members.toml"
    path.write_bytes(b"# the roster\n\xff\xfe\x00")
    with pytest.raises(CorpusError, match=r"members\.toml line 2: .* save it as UTF-8"):
        corpus.read_members(path)


def test_a_missing_catalogue_is_an_empty_one(tmp_path: Path):
    assert corpus.read_reports(tmp_path / "reports.toml") == ()


def test_a_wrong_year_in_the_catalogue_names_its_line(tmp_path: Path):
    path = written(tmp_path, REPORT + 'year = "last"\n', "reports.toml")
    with pytest.raises(CorpusError, match=r"reports\.toml line 5: year"):
        corpus.read_reports(path)


def test_two_reports_of_one_id_are_refused(tmp_path: Path):
    with pytest.raises(CorpusError, match="line 6: a stands twice"):
        corpus.read_reports(written(tmp_path, REPORT + REPORT, "reports.toml"))


def test_an_empty_roster_has_no_members(tmp_path: Path):
    assert corpus.read_members(written(tmp_path, "")) == ()


def test_the_roster_is_read_as_written(tmp_path: Path):
    members = corpus.read_members(written(tmp_path, MEMBERS_TOML))
    assert [(m.slug, m.surname, m.countries) for m in members] == [
        ("castillo", "Castillo", ("Peru",)),
        ("tassi", "Tassi", ("Bolivia",)),
    ]


@pytest.mark.parametrize(
    ("authors", "language", "citation"),
    [
        ('["Ana Muñoz"]', "en", "Muñoz 2012"),
        ('["Ana Muñoz", "Juan Viaña"]', "en", "Muñoz and Viaña 2012"),
        ('["Ana Muñoz", "Juan Viaña"]', "es", "Muñoz y Viaña 2012"),
        ('["Ana Muñoz", "Juan Viaña", "Eva Paz"]', "en", "Muñoz et al. 2012"),
        ("[]", "en", "A 2012"),
    ],
)
def test_a_report_without_a_citation_gets_the_usual_one(tmp_path: Path, authors, language, citation):
    text = f'{REPORT}year = 2012\nauthors = {authors}\nlanguage = "{language}"\n'
    (report,) = corpus.read_reports(written(tmp_path, text, "reports.toml"))
    assert report.citation == citation


@pytest.mark.parametrize(("language", "said"), [("en", "Muñoz n.d."), ("es", "Muñoz s. f.")])
def test_no_year_is_made_up(tmp_path: Path, language: str, said: str):
    text = f'{REPORT}authors = ["Ana Muñoz"]\nlanguage = "{language}"\n'
    (report,) = corpus.read_reports(written(tmp_path, text, "reports.toml"))
    assert report.citation == said


def test_a_pdf_without_an_entry_is_described_from_itself(tmp_path: Path):
    path = study_paper(tmp_path / "x.pdf")
    report = corpus.describe(path, read_document(path, "x"), ())
    assert (report.title, report.authors) == ("A study of markets", ("Ana Muñoz", "Juan Viaña"))
    assert (report.year, report.language, report.file) == (None, "en", "x.pdf")
    assert report.id == "munoz-viana-n-d"
    assert report.sha256 == corpus.sha256_of(path)


def test_a_pdf_without_metadata_takes_its_title_from_its_largest_type(tmp_path: Path):
    body = "#text(size: 20pt)[Seeds of the hills]\n\nFarmers keep seed in jars. © 2015 by the press."
    path = typeset(body, tmp_path / "x.pdf")
    report = corpus.describe(path, read_document(path, "x"), ())
    assert (report.title, report.year) == ("Seeds of the hills", 2015)


def test_a_pdf_is_known_by_its_file_name_and_by_its_title(tmp_path: Path):
    path = study_paper(tmp_path / "x.pdf")
    document = read_document(path, "x")
    by_name = Report("by-name", "x.pdf", "Other")
    by_title = Report("by-title", "old.pdf", "A Study of Markets")
    assert corpus.describe(path, document, (by_title, by_name)).id == "by-name"
    assert corpus.describe(path, document, (by_title,)).id == "by-title"
    assert corpus.describe(path, document, (by_title,)).file == "x.pdf"


def test_a_pdf_of_no_name_at_all_still_gets_an_id(tmp_path: Path):
    path = raw_pdf([PLAIN], tmp_path / "___.pdf")
    assert corpus.describe(path, read_document(path, "x"), ()).id


def test_pdfs_are_found_in_folders_and_by_name_each_once(tmp_path: Path):
    for name in ("b.pdf", "a.PDF", "note.txt"):
        (tmp_path / name).write_bytes(b"")
    found = corpus.find_pdfs([tmp_path, tmp_path / "b.pdf"])
    assert [p.name for p in found] == ["a.PDF", "b.pdf"]


def test_a_place_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(RequestError, match=r"no file or folder .*gone\.pdf; name a PDF"):
        corpus.find_pdfs([tmp_path / "gone.pdf"])
