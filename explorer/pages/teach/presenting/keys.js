// The keys of a presentation, as a keyboard and a presenter's remote send them, and its buttons "On" and "Back". Where it should go is told
// as a position, not as a direction, so that keys and clicks that are faster than the page is drawn add up and none is lost.

const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="combobox"], [role="listbox"], [role="menu"], [role="slider"], [role="radiogroup"], [role="dialog"]';
const PRESSED = 'button, a, summary, label, [role="button"], [role="radio"], [role="checkbox"], [role="tab"], [role="option"]';
const MOVES = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };
const BUTTONS = { ".st-key-present-On button": 1, ".st-key-present-Back button": -1 };
const ACTS = { v: "vote", r: "reveal" };
const SPEAKER = "edgewise-speaker"; // its window is opened once
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
  else if (act && !event.repeat) ask(s, act);
  else if (event.key.toLowerCase() === "n" && s.notes && !event.repeat) window.open(s.notes, SPEAKER, "popup,width=760,height=900");
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
  s.others.postMessage({ along: s.along, to: s.at });
  tell(s, { to: s.at });
}

// The room votes in its own window alone: what the speaker asks for is passed on to it.
function ask(s, act) {
  if (s.notes) tell(s, { act });
  else s.others.postMessage({ along: s.along, act });
}

function follow(s, { along, to, act, left }) {
  if (left === s.along && !s.notes) window.location.search = to; // the room was given something else to look at
  if (along !== s.along) return;
  if (act && s.notes) tell(s, { act });
  if (to === s.at || !s.order.includes(to)) return;
  s.at = to;
  tell(s, { to });
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
  const s = { sent: null, generation: 0, stop: new AbortController(), others: new BroadcastChannel("edgewise-present") };
  const from = document.activeElement; // the switch that led here: it would keep the arrow keys for itself
  if (from?.closest('[role="radiogroup"]')) from.blur();
  document.addEventListener("keydown", (event) => press(s, event), { signal: s.stop.signal });
  document.addEventListener("click", (event) => clicked(s, event), { signal: s.stop.signal, capture: true });
  s.others.addEventListener("message", ({ data }) => follow(s, data));
  return s;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const s = mounted.get(parentElement) ?? mount(), told = JSON.parse(data.talk), mine = (s.generation += 1);
  mounted.set(parentElement, s);
  s.send = setTriggerValue;
  if (s.along !== undefined && s.along !== told.along && told.notes) s.others.postMessage({ left: s.along, to: told.notes });
  Object.assign(s, { order: told.order, along: told.along, notes: told.notes });
  // While a key is still on its way to Python, what comes back is older than what was asked for.
  const turned = s.at !== told.at && (s.sent === null || s.sent === told.heard || !s.order.includes(s.at));
  if (turned && s.at !== undefined) s.others.postMessage({ along: s.along, to: told.at }); // by the drawing, a list, or the browser's own buttons
  if (turned) s.at = told.at;
  if (s.shown !== undefined && s.shown !== told.at) top();
  s.shown = told.at;
  return () => {
    if (s.generation !== mine) return;
    s.stop.abort();
    s.others.close();
    mounted.delete(parentElement);
  };
}
