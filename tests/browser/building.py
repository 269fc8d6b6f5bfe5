"""Two pairs of hands on the Build page, one with a mouse, one with a keyboard alone; both name what they want as it is written there."""

from __future__ import annotations

import re
from collections.abc import Callable

from driving import settled
from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

MIDDLE = ".st-key-ew-build-middle"
_MOST = 400  # tab stops within which everything has to be reached

_IN_GROUP = """(one) => {
  const group = one.closest('[role=radiogroup]');
  return Boolean(group?.contains(document.activeElement));
}"""


class Mouse:
    """Clicks what it sees, and types."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = 0

    def press(self, name: str, *, role: str = "button", within: str = MIDDLE) -> None:
        """Press a button of the middle, or of another part of the page."""
        self._press(self.page.locator(within).get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
        settled(self.page)

    def view(self, name: str) -> None:
        """Turn to a view of the guideline."""
        self.press(name, role="radio")

    def write(self, label: str, text: str) -> None:
        """Write into the field of a name: of several the one that stands last, which is the innermost."""
        self._write(self.page.get_by_label(label, exact=True).last, text)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list; of several lists of a name from the last."""
        box = self.page.get_by_role("combobox", name=re.compile(rf"^(Selected .*\. )?{re.escape(label)}$")).last
        self._choose(box, option)
        settled(self.page)

    def pick(self, option: str) -> None:
        """Pick one of a few that are all in sight."""
        self._pick(self.page.locator(MIDDLE).get_by_role("radio", name=option, exact=True).last)
        settled(self.page)

    def _press(self, found: Locator) -> None:
        found.click()
        self.acts += 1

    def _write(self, field: Locator, text: str) -> None:
        field.click()
        field.fill(text)
        self.acts += 1

    def _choose(self, box: Locator, option: str) -> None:
        self._until_offered(option, box.click).click()
        self.page.keyboard.press("Escape")
        self.acts += 2

    def _until_offered(self, option: str, opened: Callable[[], None]) -> Locator:
        """Open a list until it offers the option: one that was opened while the page was still drawn is shut again."""
        wanted = self.page.get_by_role("option", name=option, exact=True).first
        for _ in range(5):
            opened()
            try:
                wanted.wait_for(timeout=6_000)
                break
            except PlaywrightTimeout:
                self.page.keyboard.press("Escape")
        return wanted

    def _pick(self, radio: Locator) -> None:
        radio.locator("xpath=ancestor::label").click()
        self.acts += 1


class Keyboard(Mouse):
    """Never touches a mouse: whatever it wants it comes to by the Tab key."""

    def reach(self, wanted: Locator) -> None:
        """Tab on until the wanted has the focus."""
        wanted.wait_for(state="attached")
        for _ in range(_MOST):
            if wanted.evaluate("(element) => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} cannot be reached by the Tab key")

    def _press(self, found: Locator) -> None:
        if found.get_attribute("role") == "radio":
            self._pick(found)
            return
        self.reach(found)
        self.page.keyboard.press("Enter")
        self.acts += 1

    def _write(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
        self.acts += 1

    def _choose(self, box: Locator, option: str) -> None:
        def typed() -> None:
            self.reach(box)
            self.page.keyboard.press("ControlOrMeta+a")  # what was typed before the list was shut
            self.page.keyboard.type(option)

        self._until_offered(option, typed)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")
        self.acts += 1

    def _pick(self, radio: Locator) -> None:
        """Radios are one stop; arrows go from one to the next."""
        for _ in range(_MOST):
            if radio.evaluate("(one) => one === document.activeElement"):
                break
            inside = radio.evaluate(_IN_GROUP)
            self.page.keyboard.press("ArrowRight" if inside else "Tab")
        self.page.keyboard.press("Space")
        self.acts += 1
