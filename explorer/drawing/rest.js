// Tells Python once that the first drawing has stood for a moment. A component of its own: Streamlit may join two messages of one
// component into the later one, and a click must never be lost to this. Nor may it follow on the heels of one: each message carries the
// address as the browser knows it, and one sent before the answer to a click would take back what that had just written there.
const REST = 700, CALM = 1000, AGAIN = 200; // milliseconds
let touched = -Infinity;
for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => { touched = performance.now(); }, { capture: true });
const calm = () => performance.now() - touched > CALM && document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "running";
const drawn = (globalThis[Symbol.for("edgewise.drawn")] ??= (() => {
  let tell;
  const promise = new Promise((resolve) => { tell = resolve; });
  return { promise, tell };
})());
let asked = "", send;

function tell() {
  if (calm()) send("rest", Date.now());
  else setTimeout(tell, AGAIN);
}

export default function ({ data, setTriggerValue }) {
  send = setTriggerValue;
  if (!data.rest || data.rest === asked) return;
  asked = data.rest;
  drawn.promise.then(() => setTimeout(tell, REST));
}
