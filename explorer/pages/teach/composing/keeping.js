// Keeps the draft in this tab (sessionStorage), so that a reload, or a lost connection, does not cost an hour's writing. It is offered to
// Python once a page load, and only where nothing was edited since; nothing leaves the browser otherwise. Follows when_drawn.js in one module.

const asked = (globalThis[Symbol.for("edgewise.draft")] ??= new Set());

export default function ({ data, setTriggerValue }) {
  const { name, link, draft, untouched } = JSON.parse(data.talk), key = `edgewise:draft:${name}`;
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null"), first = !asked.has(name);
    asked.add(name);
    if (first && untouched && kept?.draft && kept.link === link && kept.draft !== draft) whenDrawn(() => setTriggerValue("kept", String(kept.draft)));
    else if (draft) sessionStorage.setItem(key, JSON.stringify({ link, draft }));
    else if (draft === "") sessionStorage.removeItem(key);
  } catch {
    // a browser that keeps nothing, or something else under our key: the draft lives as long as the page
  }
}
