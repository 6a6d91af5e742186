"""``junit.xml``: each question with each gated check as one test case, as continuous integration reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from rag_agency.evaluation.gates import BEHIND
from rag_agency.evaluation.records import Check, Gate, ItemResult, Run

JUNIT = "junit.xml"
CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot carry


def write_junit(run: Run, folder: Path) -> Path:
    """Write ``junit.xml`` beside the old one and swap it in; return where it is."""
    gated = [gate for gate in run.gates if gate.kind != "against_baseline"]
    names = {BEHIND.get(gate.name, gate.name) for gate in gated if gate.kind == "hard"}
    cases = [case for result in run.items for case in _cases(result, names)]
    suites = ElementTree.Element("testsuites")
    for name, found in (("questions", cases), ("gates", [_of_gate(gate) for gate in run.gates])):
        suite = ElementTree.SubElement(suites, "testsuite", name=f"faithfulness.{name}", tests=str(len(found)))
        for tag in ("failure", "error", "skipped"):
            suite.set({"failure": "failures", "error": "errors"}.get(tag, tag), str(_count(found, tag)))
        suite.extend(found)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / JUNIT
    beside = target.with_suffix(".xml.new")
    ElementTree.ElementTree(suites).write(beside, encoding="utf-8", xml_declaration=True)
    beside.replace(target)
    return target


def _cases(result: ItemResult, names: Iterable[str]) -> list[ElementTree.Element]:
    if result.answer is None:
        case = _case(f"faithfulness.{result.item.kind}", f"{result.item.id} answered", result.seconds)
        _add(case, "error", result.error, result.item.question)
        return [case]
    return [_of_check(result, check) for check in result.checks if check.name in names]


def _of_check(result: ItemResult, check: Check) -> ElementTree.Element:
    case = _case(f"faithfulness.{result.item.kind}", f"{result.item.id} {check.name}")
    if check.verdict == "failed":
        lines = [f"question: {result.item.question}", f"expected: {check.expected}", f"got: {check.got}"]
        for finding in check.findings:
            where = f" ({finding.report}, p. {finding.page})" if finding.report else ""
            lines.append(f"{finding.note}{where}: {finding.quote}")
        _add(case, "failure", f"{check.name}: {check.got}", "\n".join(lines))
    elif check.verdict != "passed":
        _add(case, "skipped", check.got, "")
    return case


def _of_gate(gate: Gate) -> ElementTree.Element:
    case = _case("faithfulness.gates", gate.name)
    if gate.outcome == "failed":
        _add(case, "failure", gate.why, f"questions: {', '.join(gate.items)}")
    elif gate.outcome == "not_computed":
        _add(case, "skipped", gate.why, "")
    return case


def _case(group: str, name: str, seconds: float = 0.0) -> ElementTree.Element:
    return ElementTree.Element("testcase", classname=group, name=CONTROL.sub("", name), time=f"{seconds:.3f}")


def _add(case: ElementTree.Element, tag: str, message: str, text: str) -> None:
    found = ElementTree.SubElement(case, tag, message=CONTROL.sub("", message))
    found.text = CONTROL.sub("", text)


def _count(cases: Iterable[ElementTree.Element], tag: str) -> int:
    return sum(case.find(tag) is not None for case in cases)
