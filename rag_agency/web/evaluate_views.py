"""An evaluation as HTML: how far it is, what came of it, and one question with its checks.

Pure: a run and the marks of readers to strings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag_agency.evaluation.catalogue import BY_NAME, MEASURES
from rag_agency.evaluation.failing import failed_checks, fell_short, has_failed
from rag_agency.evaluation.records import Check, Finding, Gate, ItemResult, Metric, Run
from rag_agency.evaluation.report.figures import interval_of, is_share, written
from rag_agency.evaluation.screen import reasons
from rag_agency.records import Language
from rag_agency.web.evaluate_marks import Agreement, Key, agreement_of, mark_of
from rag_agency.web.evaluate_run import Step
from rag_agency.web.labels import counted, say
from rag_agency.web.markup import escape, pick, unbroken

MOST_NAMED = 5  # questions named with a bound that does not hold
MOST_TAGS = 3  # checks named beside a question in the list
STAGES = (
    ("asking rag_agency", "evaluate_asking"),
    ("asking", "evaluate_baseline"),
    ("taking", "evaluate_removing"),
    ("spoiling", "evaluate_spoiling"),
)


def title_of(name: str, language: Language) -> str:
    """Return what a check or figure is called in a language."""
    measure = BY_NAME.get(name)
    if measure is None:
        return name.replace("_", " ").capitalize()
    return measure.title_es if language == "es" else measure.title_en


def step_html(step: Step, seconds: float, language: Language) -> str:
    """Return how far an evaluation is."""
    label = next((name for start, name in STAGES if step.what.startswith(start)), "")
    passed = int(seconds)
    words = say(label, language, step.done, step.of, passed) if label else say("evaluate_preparing", language, passed)
    share = f' value="{step.done}" max="{step.of}"' if step.of else ""
    return f'<div class="note progress" role="status"><p>{escape(words)}</p><progress{share}></progress></div>'


def verdict_html(run: Run, language: Language) -> str:
    """Return whether a run passed and why not, and the figures."""
    blind = f'<p class="quiet">{escape(say("evaluate_blind", language))}</p>'
    return f"{_verdict(run, language)}{_figures(run, language)}{blind}{_said(run, language)}"


def questions_html(run: Run, known: Mapping[Key, bool], only_failed: bool, chosen: str, language: Language) -> str:
    """Return how far readers agree, and the list of questions."""
    failed = [result for result in run.items if has_failed(result)]
    none = say("evaluate_none_failed", language)
    heading = say("evaluate_questions", language, len(failed), len(run.items)) if failed else none
    rows = "".join(_row(r, r.item.id == chosen, language) for r in (failed if only_failed else run.items))
    return (
        f'<h2 class="asked">{escape(heading)}</h2>{_agreement(agreement_of(known, run.items), language)}'
        f'<ol class="judged">{rows}</ol>'
    )


def _verdict(run: Run, language: Language) -> str:
    if not run.gates:
        return f'<div class="note abstained">{escape(say("evaluate_no_gates", language))}</div>'
    if run.passed:
        passed, holds = (escape(say(name, language)) for name in ("evaluate_passed", "evaluate_all_hold"))
        return f'<div class="note done" id="verdict"><strong>{passed}</strong><p>{holds}</p></div>'
    spoken = reasons(run) if language == "en" else [_why(gate) for gate in run.gates if gate.outcome == "failed"]
    why = "".join(f"<li>{escape(reason)}</li>" for reason in spoken)
    words = f"<strong>{escape(say('evaluate_failed', language))}</strong><ul>{why}</ul>"
    return f'<div class="note failed" id="verdict" role="alert">{words}</div>'


def _why(gate: Gate) -> str:
    """Return in Spanish why a gate does not hold; what the checks say of a question stays in English."""
    share = is_share(gate.name)
    value, bound = (_spoken(written(number, share), "es") for number in (gate.value, gate.bound))
    items = (
        f" ({', '.join(gate.items[:MOST_NAMED])}{' …' if len(gate.items) > MOST_NAMED else ''})" if gate.items else ""
    )
    return f"{title_of(gate.name, 'es')}: {value}; {say('evaluate_bound', 'es', bound)}{items}"


def _figures(run: Run, language: Language) -> str:
    metrics = [metric for measure in MEASURES if measure.headline and (metric := run.metric(measure.name))]
    heads = "".join(
        f'<th scope="col">{escape(say(name, language))}</th>'
        for name in ("evaluate_figure", "evaluate_value", "evaluate_interval")
    )
    rows = "".join(_figure(metric, language) for metric in metrics)
    return f'<table class="figures"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _figure(metric: Metric, language: Language) -> str:
    share = is_share(metric.name)
    name = escape(title_of(metric.name, language))
    if metric.value is None:
        words = escape(f"{say('evaluate_not_computed', language)}: {metric.why_not}")
        return f'<tr><th scope="row">{name}</th><td colspan="2" class="quiet">{words}</td></tr>'
    interval = escape(_spoken(interval_of(metric, share), language))
    value = escape(_spoken(written(metric.value, share), language))
    return (
        f'<tr><th scope="row">{name}</th><td><b>{value}</b></td><td>{interval} '
        f'<span class="quiet">n = {metric.n}</span></td></tr>'
    )


def _spoken(figure: str, language: Language) -> str:
    return figure.replace(".", ",").replace(" to ", " a ") if language == "es" else figure


def _said(run: Run, language: Language) -> str:
    if not run.said:
        return ""
    items = "".join(f"<li>{escape(words)}</li>" for words in run.said)
    summary = f"{escape(say('evaluate_said', language))} ({len(run.said)})"
    return f'<details class="said"><summary>{summary}</summary><ul>{items}</ul></details>'


def _agreement(found: Agreement, language: Language) -> str:
    if not found.of:
        return f'<p class="agreement quiet">{escape(say("evaluate_no_marks", language))}</p>'
    words = escape(say("evaluate_agreement", language, found.agreed, found.of, round(100 * found.agreed / found.of)))
    names = ", ".join(f"{title_of(name, language)} ({number})" for name, number in found.disputed)
    disputed = f" {escape(say('evaluate_disputed', language, names))}." if names else ""
    return f'<p class="agreement">{words}{disputed}</p>'


def _row(result: ItemResult, chosen: bool, language: Language) -> str:
    if result.answer is None:
        tags = [_tag(say("evaluate_crashed", language), "bad")]
    else:
        failed = failed_checks(result)
        tags = [_tag(title_of(check.name, language)) for check in failed[:MOST_TAGS]]
        tags += [_tag(f"+ {len(failed) - MOST_TAGS}")] if len(failed) > MOST_TAGS else []
        tags = tags or [f'<span class="quiet">{escape(say("evaluate_ok", language))}</span>']
    item = result.item
    words = (
        f'<span class="number">{escape(item.id)}</span><span class="words"><span lang="{item.language}">'
        f'{escape(item.question)}</span><span class="tags">{"".join(tags)}</span></span>'
    )
    return f"<li>{pick(f'item|{item.id}', words, 'citation chosen' if chosen else 'citation')}</li>"


def _tag(words: str, kind: str = "") -> str:
    return f'<span class="tag {kind}">{escape(words)}</span>'


def detail_html(result: ItemResult | None, known: Mapping[Key, bool], language: Language) -> str:
    """Return one question: its answer, what is right, and each check with what a reader says of it."""
    if result is None:
        return f'<aside class="panel"><p class="quiet">{escape(say("evaluate_choose", language))}</p></aside>'
    item = result.item
    held = [check for check in result.checks if check.verdict == "passed"]
    failed = "".join(_check(result, check, known, language) for check in failed_checks(result))
    short = "".join(_check(result, check, known, language) for check in fell_short(result))
    passed = "".join(_check(result, check, known, language) for check in held)
    more = f"<details><summary>{escape(counted('evaluate_held', len(held), language))}</summary>{passed}</details>"
    return (
        f'<aside class="panel question"><div class="top"><h2>{escape(item.id)}</h2></div>'
        f'<p class="asked" lang="{item.language}">{escape(item.question)}</p>{_history(item.history, item.language)}'
        f"{_answer(result, language)}{_right(result, language)}"
        f"<h3>{escape(say('evaluate_checks', language))}</h3>{failed}"
        f"{_folded('evaluate_short', short, language)}{more if held else ''}</aside>"
    )


def _folded(label: str, html: str, language: Language) -> str:
    return f"<details><summary>{escape(say(label, language))}</summary>{html}</details>" if html else ""


def _history(turns: Sequence[str], language: Language) -> str:
    return "".join(f'<p class="quiet" lang="{language}">↳ {escape(turn)}</p>' for turn in turns)


def _answer(result: ItemResult, language: Language) -> str:
    heading = f"<h3>{escape(say('evaluate_answered', language))}</h3>"
    answer = result.answer
    if answer is None:
        return f'{heading}<p class="note failed">{escape(result.error)}</p>'
    if not answer.sentences:
        return f'{heading}<p class="note abstained" lang="{answer.language}">{escape(answer.text)}</p>'
    number, rows = 0, []
    for sentence in answer.sentences:
        buttons = []
        for source in sentence.sources:
            buttons.append(pick(f"source|{result.item.id}|{number}", unbroken(source.citation), "citation"))
            number += 1
        rows.append(f'<li><span lang="{answer.language}">{escape(sentence.text)}</span>{"".join(buttons)}</li>')
    return f'{heading}<ol class="sentences">{"".join(rows)}</ol>'


def _right(result: ItemResult, language: Language) -> str:
    item = result.item
    words = [say("evaluate_decline", language), item.reason] if item.abstain else [item.answer]
    shown = " ".join(word for word in words if word)
    if not shown:
        return ""
    return f'<h3>{escape(say("evaluate_right", language))}</h3><p lang="{item.language}">{escape(shown)}</p>'


def _check(result: ItemResult, check: Check, known: Mapping[Key, bool], language: Language) -> str:
    mark = mark_of(known, result, check)
    expected = f"{escape(say('evaluate_expected', language))}: {escape(check.expected)}" if check.expected else ""
    got = f"{escape(say('evaluate_got', language))}: {escape(check.got)}" if check.got else ""
    findings = "".join(_finding(result, check, place, f, language) for place, f in enumerate(check.findings))
    name = f"mark|{result.item.id}|{check.name}"
    agree = pick(f"{name}|yes", escape(say("evaluate_agree", language)), "vote on" if mark is True else "vote")
    disagree = pick(f"{name}|no", escape(say("evaluate_disagree", language)), "vote on" if mark is False else "vote")
    sign = "✗" if check.verdict == "failed" else "✓"
    return (
        f'<section class="check {check.verdict}"><h4>{sign} {escape(title_of(check.name, language))}</h4>'
        f"<p>{expected}{'<br>' if expected and got else ''}{got}</p>{findings}"
        f'<p class="votes">{agree}{disagree}</p></section>'
    )


def _finding(result: ItemResult, check: Check, place: int, finding: Finding, language: Language) -> str:
    note = f"<p>{escape(finding.note)}</p>"
    if not finding.quote or finding.page is None:
        return note
    label = escape(say("evaluate_show", language, finding.page_label or finding.page))
    return f"{note}{pick(f'finding|{result.item.id}|{check.name}|{place}', label, 'back there')}"
