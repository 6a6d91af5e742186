"""The documents cannot drift from the code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import rag_agency
from rag_agency.cli import app
from rag_agency.settings import PREFIX, from_environment

HOME = Path(__file__).resolve().parents[1]
PACKAGE = HOME / "rag_agency"
DOCUMENTS = ("README.md", "docs/design.md", "CHANGELOG.md")
PLACES_OF_A_MACHINE = re.compile(r"/(?:work|home|root|tmp|Users|mnt)/\w+|[A-Z]:\\\\|\.\./shared")


def text(name: str) -> str:
    path = HOME / name
    assert path.exists(), f"{name} is not written"
    return path.read_text(encoding="utf-8")


def commands() -> list[str]:
    return [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]


def modules() -> list[str]:
    found = {p.name for p in PACKAGE.glob("*.py")} | {f"{p.parent.name}/" for p in PACKAGE.glob("*/__init__.py")}
    return sorted(found - {"__init__.py"})


@pytest.mark.parametrize("command", commands())
def test_every_command_stands_in_the_readme(command: str):
    assert f"rag-agency {command}" in text("README.md")


@pytest.mark.parametrize("command", commands())
def test_every_command_has_help(command: str):
    one = next(c for c in app.registered_commands if (c.name or c.callback.__name__) == command)
    assert (one.callback.__doc__ or "").strip().endswith(".")


@pytest.mark.parametrize("module", modules())
def test_the_file_map_of_the_readme_names_every_room(module: str):
    assert re.search(rf"(?<![\w/]){re.escape(module)}", text("README.md")), module


def test_the_file_map_names_no_room_that_is_not_there():
    listed = set(re.findall(r"^\s+(\w+\.py|\w+/)\s{2,}", text("README.md"), re.M))
    assert not {name for name in listed if not list(HOME.rglob(name.rstrip("/")))}


def test_the_version_is_one_and_the_changelog_has_it():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    assert project["version"] == rag_agency.__version__
    assert re.search(rf"^## \[?{re.escape(rag_agency.__version__)}\b", text("CHANGELOG.md"), re.M)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_names_a_place_of_one_machine(name: str):
    assert not PLACES_OF_A_MACHINE.findall(text(name))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_to_files_lead_somewhere(name: str):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text(name))
    assert not [link for link in links if not (HOME / link).exists()]


def test_every_promise_stands_in_the_design():
    promises = re.findall(r"^(\d)\. ", text("docs/design.md").split("## Promises")[1].split("\n## ")[0], re.M)
    assert promises == list("123456789")


def test_every_variable_of_the_settings_stands_in_the_readme():
    names = re.findall(r'value\("([A-Z_]+)"\)', (PACKAGE / "settings.py").read_text(encoding="utf-8"))
    assert names and from_environment()
    assert not [name for name in names if PREFIX + name not in text("README.md")]


@pytest.mark.parametrize("target", ["app", "test", "eval", "check", "install"])
def test_the_makefile_has_what_the_readme_says(target: str):
    assert re.search(rf"^{target}:", text("Makefile"), re.M)


def test_the_readme_has_the_two_commands():
    assert "make app" in text("README.md") and "make test" in text("README.md")
