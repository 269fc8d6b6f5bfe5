// What of the drawing is in sight: how high its box is, where it begins, where it goes. Stands between drawing.js and canvas.js in one module.

const LARGEST = 1.6, SLIM_LARGEST = 1.25, MARGIN = 6; // at scale 1 the smallest letters have the twelve pixels that one can read
const PEEK = 0.7; // of the window's height, for a large drawing on a narrow screen: the page must still be scrolled beside it

// Whether the drawing is seen through a window smaller than itself, though it is drawn for a narrow place: where it is edited, and the form of
// what is worked on stands below it.
const framed = (s) => s.scene.slim && s.view.edit;

// Else the drawing stands on a narrow screen at its full height in the page, which scrolls; only sideways it is moved by hand. On a
// wide one it fills the window, and grows by a fifth at the most beyond its box rather than cut off the last steps.
function boxHeight(s) {
  const need = Math.ceil(s.scene.height * (s.scene.slim ? slimScale(s) : 1)) + s.bar.offsetHeight;
  const box = s.around ? Math.max(s.height, window.innerHeight - s.around) : s.height;
  if (framed(s)) return `${Math.min(need, box)}px`;
  if (s.scene.vast && s.scene.slim) return `${Math.min(need, Math.round(PEEK * window.innerHeight))}px`; // too high to be scrolled through
  return `${s.scene.slim ? need : need > 1.2 * box ? box : Math.max(box, need)}px`;
}

const slimScale = (s) => Math.min(Math.max(1, s.stage.clientWidth / (s.scene.width || 1)), SLIM_LARGEST);

// Nothing is cut where the whole can be read; where it cannot, the drawing is moved instead of shrunk.
function startView(s) {
  const w = s.stage.clientWidth, h = s.stage.clientHeight, { width, height, nodes, core } = s.scene;
  const scale = s.scene.slim ? slimScale(s) : Math.max(Math.min(w / (width || 1), h / (height || 1), LARGEST), 1);
  const room = { x: w / scale, y: h / scale }, [left, right] = core, first = nodes[0] ?? { x: width / 2 };
  const whole = room.x >= right - left + 2 * MARGIN, beside = Math.max(0, right + MARGIN - room.x); // names of lanes and places of ghosts may be cut
  const x = room.x >= width ? width / 2 : whole ? beside + room.x / 2 : Math.min(Math.max(first.x, room.x / 2), width - room.x / 2);
  const start = { scale, position: { x, y: room.y >= height - 2 * MARGIN ? height / 2 : room.y / 2 } }, here = (s.scene.vast || framed(s)) && (laneSpot(s, start.position, room) ?? standing(s));
  return here ? { scale, position: around(s, here, start.position, room) } : start;
}

// What a large drawing shows of itself first: what is selected, else what is due, as much of it as lies together.
function standing(s) {
  const chosen = spotOf(s, s.view.selected);
  return chosen ?? s.nodes.get([...s.view.due, ...s.view.waiting].find((id) => s.nodes.has(id))) ?? s.nodes.get(s.ghosts.find((one) => !one.faint)?.at) ?? s.nodes.get([...s.view.passed].at(-1)) ?? null;
}

// The one lane that was folded or unfolded between two drawings, if it was one alone: it stays in sight.
function turned(before = [], after = []) {
  const changed = [...before.filter((id) => !after.includes(id)), ...after.filter((id) => !before.includes(id))];
  return changed.length === 1 ? changed[0] : "";
}

function laneSpot(s, { x }, room) {
  const band = s.scene.bands.find(({ id }) => id === s.turned), h = band && Math.min(band.bottom - band.top, room.y - 4 * MARGIN);
  return band && { x, y: band.top + h / 2, w: 0, h };
}

// Where a step or an edge stands in the drawing.
function spotOf(s, id) {
  const edge = s.edges.get(id);
  return s.nodes.get(id) ?? (edge ? edge.box ?? { ...middle(edge), w: 0, h: 0 } : null);
}

// A view of `room` that holds a spot: as it is where it does so already, else with the spot in its middle, as far as the drawing reaches.
function around(s, { x, y, w, h }, from, room) {
  const held = (at, here, size, space, grow) => {
    if (Math.abs(at - here) + grow / 2 + MARGIN <= space / 2) return here;
    return space >= size ? size / 2 : Math.min(Math.max(at, space / 2), size - space / 2);
  };
  return { x: held(x, from.x, s.scene.width, room.x, w), y: held(y, from.y, s.scene.height, room.y, h) };
}

function look(s, view) {
  s.network.moveTo({ ...view, animation: false });
  s.stage.classList.toggle("ew-zoomed", s.scene.vast || framed(s) || view.scale > startView(s).scale * 1.02);
}

// A scroll bar that comes or goes changes the width by a few pixels: that must not move the view.
function resize(s) {
  if (!s.network || !s.stage.clientWidth) return;
  if (slim(s) !== s.scene.slim) { arrange(s); return build(s, s.vis); }
  s.root.style.height = boxHeight(s);
  const width = s.stage.clientWidth, jump = Math.abs(width - s.width) > 24;
  const before = { scale: s.network.getScale(), position: s.network.getViewPosition() };
  s.network.setSize("100%", "100%");
  if (jump) { s.width = width; haunt(s); }
  look(s, jump && !s.touched ? startView(s) : before);
  s.network.redraw();
}

// A drawing that grows is being told, a large one is never seen whole: where it stands, or what was chosen elsewhere, is brought into sight,
// and only when that has changed. What was clicked on is in sight: then nothing moves.
function follow(s) {
  const view = viewport(s), vast = (s.scene.vast || framed(s)) && !s.view.shown;
  const id = vast && spotOf(s, s.view.selected) ? s.view.selected : [...s.view.due][0], spot = spotOf(s, id);
  if (!(s.view.shown || vast) || !spot || !view || s.followed === id) return;
  s.followed = id;
  reveal(s, spot);
  const scale = vast ? Math.max(view.scale, Math.min(1, startView(s).scale)) : view.scale; // brought into sight is what can be read
  const room = { x: s.stage.clientWidth / scale, y: s.stage.clientHeight / scale }, position = around(s, spot, view, room);
  if (position.x !== view.x || position.y !== view.y) look(s, { scale, position });
}

// Where the drawing is higher than its column, which then scrolls.
function reveal(s, node) {
  const column = (s.root.getRootNode().host ?? s.root).closest(".st-key-ew-drawing"), gap = 12;
  if (!column || column.scrollHeight <= column.clientHeight) return;
  const scale = s.network.getScale(), box = column.getBoundingClientRect(), top = s.stage.getBoundingClientRect().top + s.network.canvasToDOM(node).y;
  const above = top - (node.h / 2) * scale - gap - box.top, below = top + (node.h / 2) * scale + gap - box.bottom;
  if (above < 0) column.scrollTop += above;
  else if (below > 0) column.scrollTop += below;
}

function zoom(s, factor, at) {
  const scale = s.network.getScale(), next = Math.min(4, Math.max(s.scene.vast ? 0.02 : 0.15, scale * factor)), centre = s.network.getViewPosition();
  const held = at ? s.network.DOMtoCanvas(at) : centre, k = scale / next;
  s.touched = true;
  look(s, { scale: next, position: { x: held.x + (centre.x - held.x) * k, y: held.y + (centre.y - held.y) * k } });
}

// The rectangle that is in sight, a little more than that, since halos and marks stand out.
function extentOf(s) {
  const scale = s.network.getScale(), { x, y } = s.network.getViewPosition();
  return { x, y, w: s.stage.clientWidth / scale + 60, h: s.stage.clientHeight / scale + 60 };
}

const meets = (a, b) => Math.abs(a.x - b.x) * 2 <= a.w + b.w && Math.abs(a.y - b.y) * 2 <= a.h + b.h;

function seen(s) {
  const a = s.network.DOMtoCanvas({ x: 0, y: 0 }), b = s.network.DOMtoCanvas({ x: s.stage.clientWidth, y: 0 });
  return { left: a.x, right: b.x, scale: s.network.getScale() };
}

function viewport(s) {
  return s.network ? { scale: s.network.getScale(), ...s.network.getViewPosition() } : null;
}

// How high the smallest letters are on the screen, and the boxes of the steps, in pixels of the stage.
function letters(s) {
  const scale = s.network.getScale(), smallest = Math.min(s.scene.nodeFont, ...Object.values(s.sizes.font)) * scale;
  const boxes = [...s.nodes.values()].map((n) => {
    const { x, y } = s.network.canvasToDOM({ x: n.x - n.w / 2, y: n.y - n.h / 2 });
    return { id: n.id, left: x, top: y, right: x + n.w * scale, bottom: y + n.h * scale };
  });
  return { smallest, boxes, width: s.stage.clientWidth, height: s.stage.clientHeight };
}
