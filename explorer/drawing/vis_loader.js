
// Follows vis-network in one module. Whichever of loader and canvas comes first makes the gate; the canvas waits at it.
const gate = (globalThis[Symbol.for("edgewise.vis")] ??= (() => {
  let open;
  const promise = new Promise((resolve) => { open = resolve; });
  return { promise, open };
})());
gate.open(exports);
export default function () {}
