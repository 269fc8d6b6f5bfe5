// Keeps in this tab (sessionStorage) the token under which the server remembers what was loaded, and tells it once after a reload. Follows
// when_drawn.js in one module.

const KEY = "edgewise:tab", asked = (globalThis[Symbol.for("edgewise.tab")] ??= new Set());

export default function ({ data, setTriggerValue }) {
  try {
    const kept = sessionStorage.getItem(KEY), first = !asked.has(KEY);
    asked.add(KEY);
    if (data.token) sessionStorage.setItem(KEY, data.token);
    else if (first && kept) whenDrawn(() => setTriggerValue("told", kept));
  } catch {
    // a browser that keeps nothing: after a reload the text is loaded again
  }
}
