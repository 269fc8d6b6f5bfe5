// The keys of the Pathway page, the dialog that tells them, and what is said when something has changed. Follows along.js in one module.
// Each message to Python carries the address as the browser knows it: one that is sent before the answer to another would take back what that
// has written. So one at a time is on its way; what is pressed meanwhile waits, and of several places only the last is gone to.

const BUSY = 'select, textarea, [contenteditable]:not([contenteditable="false"]), [role="combobox"], [role="listbox"], [role="menu"], [role="slider"], [role="dialog"], [data-testid="stPopoverBody"]';
const TYPED = `${BUSY}, input:not([type="radio"]):not([type="checkbox"])`;
const STEERED = `${TYPED}, [role="radiogroup"], [role="toolbar"], input`; // arrow keys have a meaning of their own there
const SEARCH = ".st-key-look-up input", OPEN = '[data-testid="stPopoverBody"], [role="listbox"], [role="menu"], :popover-open';
const OFF = "edgewise-keys-off", LOST = 4000; // milliseconds after which an answer is no longer waited for
const reader = (globalThis[Symbol.for("edgewise.reader")] ??= {});
const scenes = (globalThis[Symbol.for("edgewise.scenes")] ??= new Map());
const mounted = new WeakMap(); // where Streamlit put us → our state
const seen = (element) => element.checkVisibility?.();

// ---- keys ------------------------------------------------------------------------------------------------------------

function press(s, event) {
  const at = event.composedPath()[0], { key } = event, within = (css) => Boolean(at.closest?.(css));
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || s.dialog.open) return;
  if (key === "Escape") return leave(s, event, within(TYPED) || within('[role="radiogroup"]'));
  if (within(TYPED) || event.repeat && !key.startsWith("Arrow")) return;
  const act = key.startsWith("Arrow") ? !event.shiftKey && !within(STEERED) && (() => walk(s, key)) : off() ? null : acts(s, key);
  if (!act) return;
  event.preventDefault();
  act();
}

const acts = (s, key) => ({ u: () => tell(s, { act: "undo" }), "/": search, "?": () => open(s) })[key.toLowerCase()];

// First out of a field or a group of answers, then back by one view: from evidence to what was shown before, from there to the walk. What lies open is closed by whoever opened it.
function leave(s, event, inside) {
  if (document.querySelector(OPEN)) return;
  const heading = reader.heading?.();
  if (inside && heading) {
    heading.tabIndex = -1;
    heading.focus();
  } else if (s.at || s.panel) tell(s, { to: "" });
  else return;
  event.preventDefault();
}

function search() {
  const field = [...document.querySelectorAll(SEARCH)].find(seen);
  field?.focus();
  field?.select?.();
}

function walk(s, key) {
  const scene = sceneOf(s), next = scene && along(scene, key, { current: s.at, came: s.came, start: s.start, home: "" });
  if (next === undefined || next === s.at) return reader.say?.("No way leads on from here.");
  if (scene.edges.some((edge) => edge.id === s.at && edge.to === next)) s.came = s.at;
  s.at = next;
  tell(s, { to: next });
}

function sceneOf(s) {
  const text = scenes.get(s.hash);
  if (text && s.read !== s.hash) Object.assign(s, { read: s.hash, scene: JSON.parse(text) });
  return s.read === s.hash ? s.scene : null;
}

// ---- to Python and back ----------------------------------------------------------------------------------------------

function tell(s, what) {
  if (s.sent !== null && performance.now() - s.since < LOST) {
    if ("to" in what) s.waiting = [...s.waiting.filter((one) => !("to" in one)), what];
    else s.waiting.push(what);
    return;
  }
  s.sent = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  s.since = performance.now();
  s.send("key", { ...what, nonce: s.sent });
}

function heard(s, told) {
  if (s.sent !== null && s.sent !== told.heard && performance.now() - s.since < LOST) return false;
  s.sent = null;
  const next = s.waiting.shift();
  if (next) tell(s, next);
  return !next;
}

// ---- what has changed ------------------------------------------------------------------------------------------------

// The first question that is open, at its first answer; else the way on of a replay; else the heading.
function target() {
  const open = [...document.querySelectorAll('.st-key-ew-ask :is([role="radiogroup"], input[type="number"])')].filter(seen);
  const asked = open.find((one) => one.matches('[role="radiogroup"]') || one.value === "");
  const answer = asked?.matches("input") ? asked : asked?.querySelector('[role="radio"], input');
  return answer ?? document.querySelector(".st-key-on button") ?? reader.heading?.();
}

function changed(s, told) {
  const before = s.told;
  s.told = told;
  if (!before || told.turn === before.turn) return;
  reader.say?.(told.say);
  if (told.view !== before.view) {
    document.querySelector(".st-key-ew-panel")?.scrollTo(0, 0);
    reader.bring?.(reader.heading);
  } else if (told.patient !== before.patient) reader.bring?.(reader.pointed ? reader.heading : target);
}

// ---- the dialog ------------------------------------------------------------------------------------------------------

function off() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}

function open(s) {
  s.listening.checked = !off();
  s.dialog.showModal();
}

function fill(s, rows) {
  const list = s.dialog.querySelector("dl");
  if (list.childElementCount) return;
  for (const [name, told] of rows) {
    const key = document.createElement("dt"), words = document.createElement("dd");
    key.textContent = name;
    words.textContent = told;
    list.append(key, words);
  }
}

// ---- what Streamlit calls on every change ----------------------------------------------------------------------------

function mount(parent) {
  const stop = new AbortController(), find = (css) => parent.querySelector(css), { signal } = stop;
  const s = { stop, dialog: find("dialog"), listening: find("input"), generation: 0, sent: null, since: 0, waiting: [], came: "", told: null };
  document.addEventListener("keydown", (event) => press(s, event), { signal });
  find(".keys").addEventListener("click", () => open(s), { signal });
  find(".close").addEventListener("click", () => s.dialog.close(), { signal });
  s.dialog.addEventListener("click", (event) => { if (event.target === s.dialog) s.dialog.close(); }, { signal });
  s.listening.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, s.listening.checked ? "no" : "yes");
    } catch { /* a browser that keeps nothing listens */ }
  }, { signal });
  return s;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const s = mounted.get(parentElement) ?? mount(parentElement), told = JSON.parse(data.talk), mine = (s.generation += 1);
  mounted.set(parentElement, s);
  Object.assign(s, { send: setTriggerValue, hash: told.hash, start: told.start, panel: told.panel });
  fill(s, told.keys);
  if (heard(s, told)) s.at = told.at;
  changed(s, told);
  return () => {
    if (s.generation !== mine) return;
    s.stop.abort();
    mounted.delete(parentElement);
  };
}
