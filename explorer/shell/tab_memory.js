// Keeps in this tab (sessionStorage) the token under which the server remembers what was loaded, and tells it once after a reload: when the
// page has been drawn to its end. Told in the middle, widgets whose values were on their way would be drawn anew without them.

const KEY = "edgewise:tab", PAUSE = 100, asked = (globalThis[Symbol.for("edgewise.tab")] ??= new Set());

export default function ({ data, setTriggerValue }) {
  const tell = (kept) => {
    if (document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning") setTriggerValue("told", kept);
    else setTimeout(tell, PAUSE, kept);
  };
  try {
    const kept = sessionStorage.getItem(KEY), first = !asked.has(KEY);
    asked.add(KEY);
    if (data.token) sessionStorage.setItem(KEY, data.token);
    else if (first && kept) setTimeout(tell, PAUSE, kept);
  } catch {
    // a browser that keeps nothing: after a reload the text is loaded again
  }
}
