// Tells Python once that the first drawing has stood for a moment. A component of its own: Streamlit may join two messages of one
// component into the later one, and a click must never be lost to this.
const REST = 700; // milliseconds
const drawn = (globalThis[Symbol.for("edgewise.drawn")] ??= (() => {
  let tell;
  const promise = new Promise((resolve) => { tell = resolve; });
  return { promise, tell };
})());
let asked = "";

export default function ({ data, setTriggerValue }) {
  if (!data.rest || data.rest === asked) return;
  asked = data.rest;
  drawn.promise.then(() => setTimeout(() => setTriggerValue("rest", Date.now()), REST));
}
