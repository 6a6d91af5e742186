"""What the tabs share: components that tell of clicks, and views that are drawn anew together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag_agency.records import Language
from rag_agency.web.labels import say

# Presses inside drawn HTML: data-pick and data-keep tell Python, the others stay in the browser.
PRESSES = """
const show = (sheet, at) => {
  sheet.scrollTop = at * sheet.scrollHeight - sheet.clientHeight / 2;
};
watch('value', () => element.querySelectorAll('.sheet').forEach(sheet => {
  sheet.classList.remove('large');
  const image = sheet.querySelector('img');
  const place = () => show(sheet, Number(sheet.dataset.at ?? 0));
  if (image.complete) place(); else image.addEventListener('load', place, {once: true});
}));
const act = button => {
  if (button.dataset.pick !== undefined) {
    document.querySelectorAll('.chosen').forEach(one => one.classList.remove('chosen'));
    element.querySelectorAll('[data-pick]').forEach(one =>
      one.classList.toggle('chosen', one.dataset.pick === button.dataset.pick));
    trigger('select', {pick: button.dataset.pick});
  } else if (button.dataset.keep !== undefined) {
    trigger('like', {keep: button.dataset.keep});
    button.textContent = button.dataset.done;
  } else if (button.dataset.copy !== undefined) {
    const label = button.textContent;
    const done = () => { button.textContent = button.dataset.done;
                         setTimeout(() => { button.textContent = label; }, 1500); };
    const byHand = () => {
      const area = document.createElement('textarea');
      area.value = button.dataset.copy;
      document.body.append(area); area.select(); document.execCommand('copy'); area.remove(); done();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(button.dataset.copy).then(done, byHand);
    else byHand();
  } else if (button.dataset.to !== undefined) {
    document.getElementById(button.dataset.to)?.scrollIntoView({behavior: 'smooth'});
  } else {
    const share = sheet => (sheet.scrollTop + sheet.clientHeight / 2) / sheet.scrollHeight;
    const before = share(button);
    button.classList.toggle('large');
    show(button, Number(button.dataset.at ?? before));
  }
};
const wanted = '[data-pick],[data-keep],[data-copy],[data-to],[data-zoom]';
element.addEventListener('click', event => {
  const button = event.target.closest(wanted);
  if (button) act(button);
});
element.addEventListener('keydown', event => {
  const sheet = event.target.closest('[data-zoom]');
  if (sheet && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); act(sheet); }
});
"""
TO_LAST_TURN = """() => { [...document.querySelectorAll('.turn')].pop()
  ?.scrollIntoView({behavior: 'smooth', block: 'start'}); }"""
TO_PANEL = """() => { if (window.innerWidth < 900) [...document.querySelectorAll('.panel')]
  .find(one => one.offsetParent)?.scrollIntoView({behavior: 'smooth', block: 'start'}); }"""

TO_QUOTATIONS = """() => document.getElementById('quotations')
  ?.scrollIntoView({behavior: 'smooth', block: 'start'})"""


@dataclass(frozen=True, slots=True)
class View:
    """Something drawn from the language and its inputs, whenever language or corpus change."""

    draw: Callable[..., Sequence[Any]]
    inputs: tuple[Any, ...]
    outputs: tuple[Any, ...]


def pressable(name: str, value: str = "") -> Any:  # noqa: ANN401 - gradio has no types here
    """Return HTML whose ``data-pick`` buttons raise ``select`` events, and ``data-keep`` ones ``like``."""
    return gr.HTML(value, elem_id=name, js_on_load=PRESSES, apply_default_css=False, padding=False)


def labelled(*pairs: tuple[Any, dict[str, str]]) -> View:
    """Return the view of components that only need their labels; property by label name."""

    def draw(language: Language) -> list[Any]:
        return [gr.update(**{p: say(name, language) for p, name in labels.items()}) for _, labels in pairs]

    return View(draw, (), tuple(component for component, _ in pairs))


def draw_all(views: Sequence[View]) -> View:
    """Return one view that draws all of them in one go."""

    def draw(language: Language, *values: Any) -> list[Any]:  # noqa: ANN401
        drawn: list[Any] = []
        rest = list(values)
        for view in views:
            mine, rest = rest[: len(view.inputs)], rest[len(view.inputs) :]
            drawn += view.draw(language, *mine)
        return drawn

    inputs = tuple(one for view in views for one in view.inputs)
    return View(draw, inputs, tuple(one for view in views for one in view.outputs))
