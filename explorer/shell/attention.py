"""What every page needs for those who hear it or drive it by keys: a skip link, a voice, landmarks, and the focus on what is new."""

from __future__ import annotations

from edgewise.explorer.shell.parts import part

_HTML = '<a class="skip" href="#stMain">Skip to main content</a><p class="said" role="status" aria-live="polite"></p>'


def attend(page: str, title: str) -> None:
    """Stand ready on a page; where it is another than before, `title` is said and its first heading gets the focus.

    Other scripts ask what stands here, by ``globalThis[Symbol.for("edgewise.reader")]``, to `say` something and to `bring` the focus.
    """
    part("shell", "attention", html=_HTML)(key="attention", data={"page": page, "title": title})
