// The keys of a presentation, as a keyboard and a presenter's remote send them, and its buttons "On" and "Back". Where it should go is told
// as a position, not as a direction, so that keys and clicks that are faster than the page is drawn add up and none is lost.

const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="combobox"], [role="listbox"], [role="menu"], [role="slider"], [role="radiogroup"], [role="dialog"]';
const PRESSED = 'button, a, summary, label, [role="button"], [role="radio"], [role="checkbox"], [role="tab"], [role="option"]';
const MOVES = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };
const BUTTONS = { ".st-key-present-On button": 1, ".st-key-present-Back button": -1 };
const ACTS = { n: "notes", v: "vote", r: "reveal" };
const mounted = new WeakMap(); // where Streamlit put us → our state

function move(event) {
  if (event.key !== " ") return MOVES[event.key];
  return event.composedPath()[0].closest?.(PRESSED) ? undefined : event.shiftKey ? -1 : 1;
}

function press(s, event) {
  const at = event.composedPath()[0];
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (at.closest?.(TYPING)) {
    if (event.key === "Escape" || (event.key === "Enter" && at.matches('input[type="number"]'))) at.blur(); // back to the keys of the presentation
    else if (event.key === "Enter" && at.matches('[role="combobox"]')) chosen();
    return;
  }
  const by = move(event), act = ACTS[event.key.toLowerCase()];
  if (by) go(s, by);
  else if (act && !event.repeat) tell(s, { act });
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") scroll(event.key === "ArrowDown" ? 1 : -1);
  else return;
  event.preventDefault();
}

// Streamlit's button knows the position of the page as it was drawn last; a second click, or a key beside it, would be lost on that.
function clicked(s, event) {
  const at = event.composedPath()[0], by = Object.keys(BUTTONS).find((name) => at.closest?.(name));
  if (by) {
    event.stopPropagation();
    go(s, BUTTONS[by]);
  }
  if (at.closest?.('[role="option"]')) chosen();
}

// A list that was chosen from would keep the keys for itself: the next press of the remote would be lost on it.
function chosen() {
  const closed = () => document.activeElement?.matches('[role="combobox"][aria-expanded="false"]');
  setTimeout(() => closed() && document.activeElement.blur(), 80);
}

function go(s, by) {
  const last = s.order.length - 1, next = Math.min(last, Math.max(0, s.order.indexOf(s.at) + by));
  if (s.order[next] === s.at) return;
  s.at = s.order[next];
  tell(s, { to: s.at });
}

function tell(s, what) {
  s.sent = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  s.send("key", { ...what, nonce: s.sent });
}

function scroll(direction) {
  const panel = [...document.querySelectorAll(".st-key-ew-panel")].find((one) => one.scrollHeight > one.clientHeight + 1);
  (panel ?? document.querySelector('[data-testid="stMain"]'))?.scrollBy({ top: direction * window.innerHeight * 0.3, behavior: "smooth" });
}

// Another position begins with its title, however far down the one before was read.
function top() {
  for (const one of document.querySelectorAll('.st-key-ew-panel, [data-testid="stMain"]')) one.scrollTo(0, 0);
}

function mount() {
  const s = { sent: null, generation: 0, stop: new AbortController() };
  const from = document.activeElement; // the switch that led here: it would keep the arrow keys for itself
  if (from?.closest('[role="radiogroup"]')) from.blur();
  document.addEventListener("keydown", (event) => press(s, event), { signal: s.stop.signal });
  document.addEventListener("click", (event) => clicked(s, event), { signal: s.stop.signal, capture: true });
  return s;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const s = mounted.get(parentElement) ?? mount(), told = JSON.parse(data.talk), mine = (s.generation += 1);
  mounted.set(parentElement, s);
  s.send = setTriggerValue;
  s.order = told.order;
  // While a key is still on its way to Python, what comes back is older than what was asked for.
  if (s.sent === null || s.sent === told.heard || !s.order.includes(s.at)) s.at = told.at;
  if (s.shown !== undefined && s.shown !== told.at) top();
  s.shown = told.at;
  return () => {
    if (s.generation !== mine) return;
    s.stop.abort();
    mounted.delete(parentElement);
  };
}
