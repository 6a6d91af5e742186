"""What every test stands on: no network, no environment of the user's, a small house to work in."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from browsing import ARGUMENTS, CHROMIUM, HOSTILE_STUDY, Served, page_of, windows_onto
from fakes import WordHashEmbedder
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from papers import MEMBERS_TOML, study_paper

from rag_agency.ask import OpenIndex, open_index
from rag_agency.build import Build, build
from rag_agency.settings import PREFIX, Settings

HERE = Path(__file__).parent
OFFLINE = HERE / "offline"
CORPUS = HERE.parent / "corpus"
KEPT = {f"{PREFIX}MODELS"}  # the real weights stay readable for tests marked `models`

hypothesis_settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("house")


def _blocker() -> ModuleType:
    """Return the module that blocks sockets; importing it blocks."""
    spec = importlib.util.spec_from_file_location("offline_block", OFFLINE / "sitecustomize.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[ModuleType]:
    """Block every Python socket but loopback and unix, here and in child processes."""
    blocker = _blocker()
    paths = [str(OFFLINE), os.environ.get("PYTHONPATH", "")]
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(p for p in paths if p)
    yield blocker
    blocker.unblock()
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


@pytest.fixture(autouse=True)
def no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take out what the user has set, so that a test sees the defaults."""
    for name in os.environ:
        if name.startswith(PREFIX) and name not in KEPT:
            monkeypatch.delenv(name)


@dataclass(frozen=True)
class House:
    """A corpus and an index in a temporary place, with fakes for the models."""

    settings: Settings
    embedders: tuple[WordHashEmbedder, WordHashEmbedder]

    @property
    def corpus(self) -> Path:
        """The folder of PDFs."""
        return self.settings.corpus

    def build(self, *places: Path, **options: object) -> Build:
        """Build from the corpus, or from what is named."""
        return build(self.settings, places, embedders=self.embedders, **options)  # type: ignore[arg-type]

    def open(self) -> OpenIndex:
        """Open what was built."""
        return open_index(settings=self.settings, embedders=self.embedders)

    def with_index(self, folder: Path) -> House:
        """Return the same with another index folder."""
        return replace(self, settings=replace(self.settings, index=folder))


def make_house(folder: Path) -> House:
    """Lay out an empty corpus with a roster of two."""
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "members.toml").write_text(MEMBERS_TOML, encoding="utf-8")
    settings = Settings(index=folder / "index", corpus=folder / "corpus")
    return House(settings, (WordHashEmbedder(), WordHashEmbedder("word-hash-sentences")))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """An empty house, and the working folder inside it."""
    made = make_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    return made


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house with one study indexed; read only."""
    made = make_house(tmp_path_factory.mktemp("furnished"))
    study_paper(made.corpus / "study.pdf")
    made.build()
    return made


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The project's own briefs, indexed with fakes for the models; read only."""
    made = make_house(tmp_path_factory.mktemp("shipped"))
    for file in (*CORPUS.glob("*.pdf"), CORPUS / "members.toml", CORPUS / "reports.toml"):
        shutil.copyfile(file, made.corpus / file.name)
    made.build()
    return made


@pytest.fixture(scope="session")
def opened(furnished: House) -> OpenIndex:
    """The furnished house's index, opened once."""
    return furnished.open()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium, started once: playwright allows one at a time."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page over a study with markup in its words."""
    house = make_house(tmp_path_factory.mktemp("served"))
    study_paper(house.corpus / "study.pdf", HOSTILE_STUDY)
    house.build()
    with page_of(house) as page:
        yield page


@pytest.fixture
def visit(served: Served, browser: Any) -> Iterator[Any]:
    """Open that page in a window and language."""
    with windows_onto(served, browser) as opened:
        yield opened


@pytest.fixture(scope="session")
def tiny_nli(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[int, str]], Path]:
    """Make a cross-encoder with random weights: it shows how one is read, and knows nothing."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    def made(labels: dict[int, str]) -> Path:
        folder = tmp_path_factory.mktemp("tiny")
        words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz", ".", "coffee", "maize"]
        (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
        BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=32).save_pretrained(folder)
        size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
        config = BertConfig(
            vocab_size=len(words), **size, max_position_embeddings=32, id2label=labels, num_labels=len(labels)
        )
        model = BertForSequenceClassification(config)
        model.classifier.bias.data = 4.0 * model.classifier.bias.data.new_tensor(range(len(labels)))
        model.save_pretrained(folder)
        return folder

    return made
