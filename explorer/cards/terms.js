// Terms and their explanations. A button with `popovertarget` opens its own by itself, by mouse, tap and keyboard, and Esc closes it. Added here:
// it opens under a resting mouse as well, stays while the mouse is on it, and stands beside the word.
if (!document.edgewiseTerms) {
  document.edgewiseTerms = true;
  const REST = 180, LEAVE = 300, GAP = 6; // milliseconds until it opens and closes, pixels between word and explanation
  let word = null, hovered = null, waiting = 0;

  const termAt = (node) => node?.closest?.(".ew-term");
  const told = (term) => document.getElementById(term?.getAttribute("popovertarget") ?? "");
  const isOpen = (box) => Boolean(box?.matches(":popover-open"));

  function put(box) {
    if (!word?.isConnected) return box.hidePopover();
    const lines = [...word.getClientRects()], at = lines[0] ?? word.getBoundingClientRect(), last = lines.at(-1) ?? at;
    const left = Math.max(GAP, Math.min(at.left, innerWidth - box.offsetWidth - GAP));
    const below = last.bottom + GAP, above = at.top - GAP - box.offsetHeight;
    const top = below + box.offsetHeight <= innerHeight || above < 0 ? below : above;
    Object.assign(box.style, { position: "fixed", inset: "auto", margin: "0", left: `${left}px`, top: `${top}px` });
  }

  function open(term) {
    const box = told(term);
    if (!box || isOpen(box)) return;
    [word, hovered] = [term, box];
    box.showPopover({ source: term });
  }

  function leave() {
    if (isOpen(hovered)) hovered.hidePopover();
    hovered = null;
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const term = termAt(event.target);
    clearTimeout(waiting);
    if (term) waiting = setTimeout(open, REST, term);
    else if (hovered && !hovered.contains(event.target)) waiting = setTimeout(leave, LEAVE);
  });
  // Pressed while it is open under the mouse, it stays open until it is closed on purpose.
  document.addEventListener("click", (event) => {
    const term = termAt(event.target);
    if (!term) return;
    clearTimeout(waiting);
    word = term;
    if (hovered && told(term) === hovered && isOpen(hovered)) event.preventDefault();
    hovered = null;
  }, true);
  document.addEventListener("toggle", (event) => {
    const box = event.target;
    if (!box.classList?.contains("ew-explained")) return;
    if (event.newState === "open") put(box);
    else if (box === hovered) hovered = null;
  }, true);
  for (const moved of ["scroll", "resize"])
    addEventListener(moved, () => { for (const box of document.querySelectorAll(".ew-explained:popover-open")) put(box); }, true);
}
