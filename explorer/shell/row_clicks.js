// Rows of a table, and words in a text, that were sent as HTML, to be pressed by mouse, by touch and by keyboard: each holds a button, and
// the whole row counts as it.
const ROW = "[data-ew-pick]";
const mounted = new WeakMap(); // where Streamlit put us → our state

function hear(s, event) {
  const at = event.composedPath()[0], row = at.closest?.(ROW), back = at.closest?.("[data-ew-back]");
  if (back) document.querySelector(back.dataset.ewBack)?.scrollIntoView({ block: "start" });
  if (!row || at.closest("a, summary, input, .ew-term") || String(getSelection())) return; // who marks words to copy them asks for nothing
  const id = row.dataset.ewPick;
  restore((s.last = id), s, performance.now() + 5000);
  s.send("row", { id, nonce: `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}` });
  if (s.panel && window.innerWidth <= 640) document.querySelector(s.panel)?.scrollIntoView({ block: "start" });
}

// The table is drawn anew after a press, and the focus lost with the old one: it goes back to the row that was pressed.
function restore(id, s, until) {
  if (s.last !== id || performance.now() > until) return;
  const row = [...document.querySelectorAll(ROW)].find((one) => one.dataset.ewPick === id);
  if (row && document.activeElement === document.body) row.querySelector("button")?.focus({ preventScroll: true });
  requestAnimationFrame(() => restore(id, s, until));
}

export default function ({ data, parentElement, setTriggerValue }) {
  const s = mounted.get(parentElement) ?? { stop: new AbortController(), last: "" };
  if (!mounted.has(parentElement)) document.addEventListener("click", (event) => hear(s, event), { signal: s.stop.signal });
  mounted.set(parentElement, s);
  s.send = setTriggerValue;
  s.panel = data.panel;
  const mine = (s.generation = (s.generation ?? 0) + 1);
  return () => {
    if (s.generation !== mine) return;
    s.stop.abort();
    mounted.delete(parentElement);
  };
}
