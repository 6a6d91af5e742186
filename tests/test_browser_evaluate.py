"""The tab that evaluates as its reader meets it, in headless Chromium."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from browsing import MARKS, is_no_wider_than_its_window, open_tab
from test_web_evaluate import QUESTIONS

pytestmark = MARKS
MANY = "id,kind,language,question,vital\n" + "".join(
    f"N{i},numeric,en,How many members have cooperatives of kind {i}?,100\n" for i in range(5000)
)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.csv"
    file.write_text(QUESTIONS, encoding="utf-8")
    return file


def open_evaluate(page):
    open_tab(page, re.compile("Evaluate|Evaluar"))
    page.wait_for_selector("#evaluate-run:visible")


def upload(page, file):
    page.click("#evaluate-set input")
    page.get_by_role("option").last.click()
    page.set_input_files("#evaluate-file input[type=file]", str(file))
    page.wait_for_selector(f"#evaluate-file >> text={file.stem}")


def run_to_its_end(page):
    page.click("#evaluate-run")
    page.wait_for_selector("#evaluate-questions .judged li")


def test_what_failed_is_read_beside_its_page_and_disputed(visit, served, questions):
    page = visit()
    open_evaluate(page)
    upload(page, questions)
    run_to_its_end(page)
    assert "Not passed" in page.inner_text("#verdict") or "Passed" in page.inner_text("#verdict")
    page.click("#evaluate-only-failed input")
    page.wait_for_selector("#evaluate-questions [data-pick='item|Q1']")
    page.click("#evaluate-questions [data-pick='item|Q1']")
    page.wait_for_selector("#evaluate-question h2 >> text=Q1")
    page.click("#evaluate-question [data-pick^='source|Q1|'] >> nth=0")
    page.wait_for_selector("#evaluate-source .sheet img")
    assert "about 100 members" in page.inner_text("#evaluate-source mark >> nth=0")
    page.click("#evaluate-questions [data-pick='item|Q2']")
    page.wait_for_selector("#evaluate-question .check.failed")
    page.click("#evaluate-question .check.failed .vote >> nth=1")
    page.wait_for_selector("#evaluate-question .vote.on")
    page.wait_for_selector("#evaluate-questions .agreement >> text=0 of the 1 verdicts")
    kept = (served.house.settings.index / "evaluation" / "marks.jsonl").read_text(encoding="utf-8")
    assert json.loads(kept.splitlines()[-1])["agrees"] is False


def test_the_report_is_downloaded_as_one_file(visit, questions):
    page = visit()
    open_evaluate(page)
    upload(page, questions)
    run_to_its_end(page)
    with page.expect_download() as download:
        page.click("#evaluate-report")
    html = Path(download.value.path()).read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>") and "moons does Jupiter" in html


def test_a_run_can_be_stopped_and_another_started(visit, tmp_path, questions):
    many = tmp_path / "many.csv"
    many.write_text(MANY, encoding="utf-8")
    page = visit()
    open_evaluate(page)
    upload(page, many)
    page.click("#evaluate-run")
    page.wait_for_selector("#evaluate-told progress[value]")
    page.click("#evaluate-stop")
    page.wait_for_selector("#evaluate-told >> text=nothing was kept")
    page.wait_for_selector("#evaluate-stop", state="hidden")
    page.click("#evaluate-file button[aria-label='Clear']")
    page.set_input_files("#evaluate-file input[type=file]", str(questions))
    page.wait_for_selector("#evaluate-file >> text=questions")
    run_to_its_end(page)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("photo.csv", b"\xff\xd8\xff\0\0", "photo.csv is not a file of questions"),
        ("wrong.csv", b"id,kind,language,question\nQ1,x,en\n,,,\nQ1,x,fr,What?\n", "line 2"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_what_to_do(visit, tmp_path, name, content, told):
    file = tmp_path / name
    file.write_bytes(content)
    page = visit()
    open_evaluate(page)
    upload(page, file)
    page.click("#evaluate-run")
    page.wait_for_selector(f"#evaluate-told .failed >> text={told}")


def test_it_speaks_spanish_and_fits_a_phone(visit, questions):
    page = visit(390, 844, "es-BO")
    open_evaluate(page)
    assert page.inner_text("#evaluate-run") == "Evaluar"
    upload(page, questions)
    run_to_its_end(page)
    assert is_no_wider_than_its_window(page)
    page.click("#evaluate-questions .judged button >> nth=0")
    page.wait_for_selector("#evaluate-question .check")
    assert "No estoy de acuerdo" in page.inner_text("#evaluate-question .vote >> nth=1")
    assert is_no_wider_than_its_window(page)
