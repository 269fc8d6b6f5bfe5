// The desk in the browser: keeps the draft as it is now in the browser's own store, so that it outlives a server whose disk is lost, and
// takes Ctrl+Z and Ctrl+Shift+Z for Undo and Redo, save in fields of text, where they undo what was typed there. At Begin it offers what is kept.

const PREFIX = "edgewise:build:", MOST = 10; // drafts that are kept; of more the oldest goes
const TYPED = 'textarea, select, input:not([type="radio"]):not([type="checkbox"]), [contenteditable]:not([contenteditable="false"]), dialog, [role="dialog"]';
const mounted = new WeakMap(); // where Streamlit put us → what stops our listening

function kept() {
  const found = [];
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
    try {
      const { title, text, cases, at } = JSON.parse(localStorage.getItem(key));
      if (typeof text === "string" && Number.isFinite(at)) found.push({ id: key.slice(PREFIX.length), title: String(title ?? ""), text, cases: String(cases ?? ""), at });
    } catch {
      // something else under our key: it is none of ours, and stays
    }
  }
  return found.sort((one, other) => other.at - one.at);
}

function keep({ id, title, text, cases, revision }) {
  const held = JSON.parse(localStorage.getItem(PREFIX + id) ?? "null");
  if (held?.revision === revision) return;
  for (const one of kept().filter((other) => other.id !== id).slice(MOST - 1)) localStorage.removeItem(PREFIX + one.id);
  localStorage.setItem(PREFIX + id, JSON.stringify({ title, text, cases, revision, at: Date.now() }));
}

// ---- at Begin --------------------------------------------------------------------------------------------------------

function offer(s, list, { there, asked }) {
  const found = kept().filter((one) => !there.includes(one.id));
  const unknown = found.map((one) => one.id).filter((id) => !asked.includes(id));
  if (unknown.length) return s.send("held", found.map((one) => one.id).join(" "));
  list.replaceChildren(...found.map((one) => row(s, one)));
}

function row(s, one) {
  const line = document.createElement("p"), words = document.createElement("span");
  const when = new Date(one.at).toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
  words.textContent = `This browser still holds a draft of ${one.title || "a guideline without a title"}, as it was on ${when}.`;
  const { id, title, text, cases } = one;
  const take = button("Take it up again", () => s.send("taken", JSON.stringify({ id, title, text, cases })));
  const drop = button("Throw it away", () => {
    localStorage.removeItem(PREFIX + id);
    line.remove();
  });
  line.append(words, take, drop);
  return line;
}

function button(label, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", textContent: label, onclick: act });
  return made;
}

// ---- keys ------------------------------------------------------------------------------------------------------------

function press(event) {
  const key = event.key.toLowerCase(), redo = (key === "z" && event.shiftKey) || (key === "y" && !event.shiftKey);
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented || !(redo || key === "z")) return;
  if (event.composedPath()[0].closest?.(TYPED)) return;
  event.preventDefault();
  document.querySelector(`.st-key-build-${redo ? "redo" : "undo"} button:not([disabled])`)?.click();
}

export default function ({ data, parentElement, setTriggerValue }) {
  const s = mounted.get(parentElement) ?? { stop: new AbortController() }, { draft, begin, gone } = JSON.parse(data.talk);
  if (!mounted.has(parentElement) && draft) document.addEventListener("keydown", press, { signal: s.stop.signal });
  mounted.set(parentElement, s);
  s.send = setTriggerValue;
  try {
    for (const id of gone ?? []) localStorage.removeItem(PREFIX + id);
    if (draft) keep(draft);
    if (begin) offer(s, parentElement.querySelector('[role="group"]'), begin);
  } catch {
    // a browser that keeps nothing, or that is full: the draft lies on the server's disk all the same
  }
  const mine = (s.generation = (s.generation ?? 0) + 1);
  return () => {
    if (s.generation !== mine) return;
    s.stop.abort();
    mounted.delete(parentElement);
  };
}
