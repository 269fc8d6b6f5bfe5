// Lays a scene ready for the canvas that asks for it by its hash. A session sees few of them: none is taken away.
const scenes = (globalThis[Symbol.for("edgewise.scenes")] ??= new Map());

export default function ({ data: { scene, hash } }) {
  scenes.set(hash, scene);
  document.dispatchEvent(new Event(`edgewise:scene:${hash}`));
}
