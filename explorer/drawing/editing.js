// Editing on the drawing, where the page asks for it (`view.edit`): an edge is dragged from the handle of the selected step to another step, the
// selected step itself into another lane, and a double click on a lane asks for a step there. Everything can be done by forms as well.

const GRIP = 10, FAR = 6, TWICE = 320; // size of the handle; pixels from where on something is dragged; milliseconds for a second click

const chosen = (s) => (s.view?.edit && s.network ? s.nodes.get(s.view.selected) : undefined);
const grip = ({ x, y, w, h }) => ({ x: x + w / 2, y: y + h / 2 });

function pointOf(s, { clientX, clientY }) {
  const box = s.stage.getBoundingClientRect();
  return s.network.DOMtoCanvas({ x: clientX - box.left, y: clientY - box.top });
}

const laneAt = (s, { y }) => s.scene.bands.find(({ top, bottom }) => y >= top && y <= bottom);
const nodeAt = (s, point) => [...s.nodes.values()].find((node) => s.there(node.id) && inside(node, point));

function edit(s, signal) {
  const options = { signal, capture: true }; // before vis-network hears of it, and moves the drawing
  s.stage.addEventListener("pointerdown", (event) => grab(s, event), options);
  s.stage.addEventListener("pointermove", (event) => pull(s, event), options);
  s.stage.addEventListener("pointerup", (event) => drop(s, event), options);
  s.stage.addEventListener("pointercancel", () => release(s), options);
}

function grab(s, event) {
  const node = chosen(s);
  if (!node || event.button !== 0) return;
  const point = pointOf(s, event), { x, y } = grip(node), near = Math.max(GRIP, 13 / s.network.getScale());
  const kind = Math.hypot(point.x - x, point.y - y) <= near ? "draw" : inside(node, point) ? "carry" : "";
  if (!kind) return;
  event.stopPropagation();
  event.preventDefault();
  s.stage.setPointerCapture(event.pointerId);
  s.pulled = { kind, node, start: point, at: point, far: false };
}

function pull(s, event) {
  const held = s.pulled;
  if (!held) return;
  event.stopPropagation();
  held.at = pointOf(s, event);
  held.far ||= Math.hypot(held.at.x - held.start.x, held.at.y - held.start.y) * s.network.getScale() > FAR;
  s.tip.hidden = true;
  s.network.redraw();
}

function release(s) {
  const held = s.pulled;
  s.pulled = null;
  s.network?.redraw();
  return held;
}

function drop(s, event) {
  const held = release(s);
  if (!held) return;
  event.stopPropagation();
  if (!held.far) return send(s, "node", held.node.id);
  if (held.kind === "draw") {
    const target = nodeAt(s, held.at);
    if (target && target !== held.node) send(s, "draw", held.node.id, target.id);
  } else {
    const lane = laneAt(s, held.at);
    if (lane && lane !== laneAt(s, held.node)) send(s, "carry", held.node.id, lane.id);
  }
}

// A click on the bare ground waits for a moment: with a second one it asks for a step.
function waitFor(s) {
  clearTimeout(s.waits);
  s.waits = setTimeout(() => send(s, "ground", ""), TWICE);
}

function ask(s, dom) {
  clearTimeout(s.waits);
  const lane = laneAt(s, s.network.DOMtoCanvas(dom));
  if (lane && hit(s, dom).kind === "ground") send(s, "add", lane.id);
}

function paintEditing(ctx, s) {
  const node = chosen(s);
  if (!node) return;
  const { x, y } = grip(node), held = s.pulled?.far ? s.pulled : null, ring = s.inks.ground.ring, r = GRIP;
  ctx.save();
  ctx.setLineDash([]);
  ctx.lineWidth = s.sizes.route;
  ctx.strokeStyle = ctx.fillStyle = ring;
  if (held?.kind === "draw") {
    ctx.setLineDash([6, 4]);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(held.at.x, held.at.y);
    ctx.stroke();
    const target = nodeAt(s, held.at);
    if (target && target !== node) outline(ctx, s, s.scene.shapes[target.kind], target.x, target.y, target.w + 8, target.h + 8);
    ctx.stroke();
  } else if (held) {
    ctx.setLineDash([6, 4]);
    rounded(ctx, held.at.x, held.at.y, node.w, node.h, 6);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fillStyle = s.inks.ground.page;
  ctx.fill();
  ctx.stroke();
  ctx.beginPath();
  for (const [dx, dy] of [[-5, 0], [5, 0], [1, -4], [5, 0], [1, 4]]) ctx.lineTo(x + dx, y + dy);
  ctx.stroke();
  ctx.restore();
}
