"""Brings what is new into sight and under the keyboard: on a phone a result would else begin above the window, and a reader of
screens would not hear of it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

_LOOKS = 40  # one each 50 ms: the page is still being sent, and what it replaces still being cleared away
_JS = """
let seen = null, touched = false;
for (const event of ["wheel", "touchstart", "keydown", "mousedown"]) addEventListener(event, () => { touched = true; }, { passive: true });
export default function ({ data }) {
  const turn = data.turn, first = seen === null;
  if (turn === seen) return;
  seen = turn;
  if (first) return;
  let left = %d, focused = false;
  touched = false;
  const look = () => {
    if (turn !== seen || touched || left-- <= 0) return;
    const found = [...document.querySelectorAll("[data-ew]")].find((one) => one.dataset.ew === turn);
    if (found) {
      if (data.top) found.closest('[data-testid="stMain"]')?.scrollTo(0, 0);
      else found.scrollIntoView({ block: "start" });
      if (!focused) found.querySelector("[tabindex]")?.focus({ preventScroll: true });
      focused = true;
    }
    setTimeout(look, 50);
  };
  look();
}
"""


@cache
def _mount() -> Any:
    return st.components.v2.component("edgewise_practice_sight", html="<span></span>", js=_JS % _LOOKS)


def bring_into_sight(turn: str, *, top: bool = False) -> None:
    """Scroll to the piece of the page that bears the key `turn`, or to the top, once, when `turn` is another than before.

    The first one is never scrolled to: whoever opens an address begins at its top.
    """
    _mount()(key="practise-sight", data={"turn": turn, "top": top})
