// What a reader hears and where the keys go: the skip link, what is said aloud, the landmarks of the page, and the focus after a page has turned.
// Streamlit draws anew at its own time. So nothing here is done once: marks are set again when they are gone, and a focus is given when the
// page has come to rest, and given again if what had it is replaced.

const LOOK = 40, PATIENCE = 4000, HOLD = 1500, AFTER = 150; // milliseconds
const HEADINGS = [".st-key-ew-panel .ew :is(h1, h2)", ".ew :is(h1, h2)", ".ew h3"]; // the first that is in sight
const FILLED = "input:not([type=radio], [type=checkbox], [type=range], [role=combobox]), textarea";
const SEARCH = ".st-key-look-up"; // who searches goes on typing after Enter
const APART = '[data-testid="stPopoverBody"], [role="dialog"], dialog';
const AGAIN = ".st-key-Undo, .st-key-on"; // pressed several times in a row: they keep the focus as long as they can be pressed
const MARKS = [
  ['[data-testid="stMain"]', { tabindex: "-1" }], // its own contents can be reached; it need not be a stop before them
  [".st-key-ew-pages", { role: "navigation", "aria-label": "Pages" }],
  [".st-key-ew-drawing", { role: "region", "aria-label": "Drawing" }],
  [".st-key-ew-panel", { role: "region", "aria-label": "Walk and evidence" }],
];
const shown = (element) => element.checkVisibility?.({ visibilityProperty: true }) && !element.closest(".ew-unseen");
const resting = () => (document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState ?? "notRunning") === "notRunning";
const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const reader = Object.assign((globalThis[Symbol.for("edgewise.reader")] ??= {}), { pointed: false, committed: null, turn: 0 }); // whoever came first

// ---- what the reader did last ----------------------------------------------------------------------------------------

function watch() {
  document.addEventListener("pointerdown", () => { reader.pointed = true; }, { capture: true, passive: true });
  document.addEventListener("keydown", (event) => {
    reader.pointed = false;
    reader.committed = event.key === "Enter" ? event.composedPath()[0] : null;
  }, { capture: true, passive: true });
}

// ---- focus -----------------------------------------------------------------------------------------------------------

const heading = () => HEADINGS.map((css) => [...document.querySelectorAll(css)].find(shown)).find(Boolean);

// Whether the keys are where the reader wants them: in a field that is being filled in, in a box that lies open, on what is pressed again.
function settled() {
  const at = document.activeElement;
  if (!at || at === document.body || !at.isConnected || at.matches(":disabled")) return false;
  const filling = at.matches(FILLED) && (at !== reader.committed || at.closest(SEARCH));
  return Boolean(filling || at.closest(APART) || at.closest(AGAIN));
}

function give(element) {
  if (element.matches("h1, h2, h3") && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: reader.pointed }); // whoever points has the place in sight
}

// Focus what `find` finds once the page is at rest, unless the reader has moved on meanwhile. Of several turns the last one counts.
async function bring(find) {
  const turn = (reader.turn += 1), from = document.activeElement, until = performance.now() + PATIENCE;
  do await later(LOOK); while (turn === reader.turn && !resting() && performance.now() < until);
  const now = document.activeElement, moved = now !== from && now !== document.body && now?.isConnected;
  if (turn !== reader.turn || moved || settled()) return;
  let target = find();
  if (target) give(target);
  for (const end = performance.now() + HOLD; target && performance.now() < end && turn === reader.turn; await later(LOOK)) {
    if (target.isConnected || document.activeElement !== document.body) continue;
    target = find();
    if (target) give(target);
  }
}

// ---- voice -----------------------------------------------------------------------------------------------------------

// After the focus has moved, since what gets the focus is read out first; the same words again are still news.
async function say(text) {
  await later(AFTER);
  if (reader.voice) reader.voice.textContent = reader.voice.textContent === text ? `${text}\u00a0` : text;
}

// ---- marks -----------------------------------------------------------------------------------------------------------

function mark() {
  for (const [css, attributes] of MARKS) {
    for (const element of document.querySelectorAll(css)) {
      for (const [name, value] of Object.entries(attributes)) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    }
  }
  for (const button of document.querySelectorAll(".st-key-ew-pages button")) {
    const current = button.dataset.testid === "stBaseButton-secondary";
    if (current !== button.hasAttribute("aria-current")) current ? button.setAttribute("aria-current", "page") : button.removeAttribute("aria-current");
  }
}

function begin() {
  let due = false;
  const soon = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; mark(); });
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-testid", "role", "tabindex"] });
  mark();
  watch();
  Object.assign(reader, { begun: true, bring, say, heading });
}

export default function ({ data, parentElement }) {
  if (!reader.begun) begin();
  reader.voice = parentElement.querySelector(".said");
  const skip = parentElement.querySelector(".skip");
  skip.onclick = (event) => {
    event.preventDefault();
    const target = heading();
    if (target) give(target);
  };
  if (reader.page !== undefined && reader.page !== data.page) {
    bring(heading);
    say(data.title);
  }
  reader.page = data.page;
}
