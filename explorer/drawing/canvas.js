// The component: mounts vis-network, keeps it across reruns, turns pointers into events. Follows drawing.js and sight.js in one module.

const gate = (globalThis[Symbol.for("edgewise.vis")] ??= (() => {
  let open;
  const promise = new Promise((resolve) => { open = resolve; });
  return { promise, open };
})());
const NEAR = 8; // pixels within which a line is met
const SILENT = "silent"; // in the filter: where the source is silent for other patients
const first = (globalThis[Symbol.for("edgewise.drawn")] ??= (() => { // rest.js waits for it
  let tell;
  const promise = new Promise((resolve) => { tell = resolve; });
  return { promise, tell };
})());
const scenes = (globalThis[Symbol.for("edgewise.scenes")] ??= new Map()); // hash → scene; scene.js fills it, a hand-out brings its own
const mounted = new WeakMap(); // where Streamlit put us → our state
const FORCED = matchMedia("(forced-colors: active)");
let clicks = 0;

function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

function mount(root) {
  const s = { root, stage: make("div", "ew-stage"), paper: make("div", "ew-paper"), bar: make("div", "ew-bar"), tip: make("div", "ew-tip"), back: make("button", "ew-back", "↑ Back to the drawing"), generation: 0, hash: null, network: null, touched: false, silences: 0 };
  s.stage.setAttribute("role", "img");
  s.tip.hidden = true;
  s.stage.append(s.paper);
  s.back.type = "button";
  s.back.hidden = true;
  s.back.addEventListener("click", () => s.root.scrollIntoView({ block: "start" }));
  root.replaceChildren(s.stage, s.bar, s.tip, s.back);
  s.seen = () => seen(s);
  s.there = (id) => !s.view.shown || s.view.shown.has(id);
  s.shown = (edge) => s.there(edge.id) && !s.view.hidden.has(edge.state);
  s.stop = new AbortController();
  listen(s);
  s.watch = new ResizeObserver(() => resize(s));
  window.addEventListener("resize", () => resize(s), { signal: s.stop.signal }); // taller, though no wider
  s.watch.observe(s.stage);
  s.sight = new IntersectionObserver(([{ isIntersecting }]) => { if (isIntersecting) s.back.hidden = true; });
  s.sight.observe(s.stage);
  s.stage.addEventListener("transitionend", ({ target }) => { if (target === s.stage) repaint(s); }, { signal: s.stop.signal }); // canvas.css tells of a change
  FORCED.addEventListener("change", () => repaint(s), { signal: s.stop.signal });
  document.fonts?.ready.then(() => s.network?.redraw());
  root.edgewise = { ready: () => Boolean(s.network && s.drawn), viewport: () => viewport(s), letters: () => letters(s), theme: () => s.theme, inkOf: (id) => inkOf(s, s.edges.get(id)), positionOf: (id) => positionOf(s, id), gripOf: () => windowed(s, grip(chosen(s))) };
  return s;
}

function destroy(s) {
  s.stop.abort();
  s.watch.disconnect();
  s.sight.disconnect();
  s.network?.destroy();
  s.network = null;
  delete s.root.edgewise;
  s.root.replaceChildren();
}

// ---- what Python sent ------------------------------------------------------------------------------------------------

function accept(s, data, vis) {
  const view = JSON.parse(data.view), was = s.view, folds = s.whole?.folds;
  s.view = { ...view, shown: view.shown ? new Set(view.shown) : null };
  for (const part of ["due", "passed", "unreachable", "path", "closed", "unnamed", "hidden", "waiting", "overdue"]) s.view[part] = new Set(view[part]);
  s.notices = new Map((view.notices ?? []).flatMap(({ weight, told }) => Object.entries(told).map(([id, text]) => [id, { weight, text }])));
  s.height = data.height;
  s.around = data.around;
  if (s.hash !== data.hash) {
    take(s, JSON.parse(data.scene ?? scenes.get(data.hash)));
    s.turned = was && was.selected === view.selected && view.due.every((id) => was.due.has(id)) ? turned(folds, s.whole.folds) : "";
  }
  haunt(s);
  readTheme(s);
  if (s.hash !== data.hash) build(s, vis);
  s.hash = data.hash;
  s.root.dataset.selected = view.selected;
  markLegend(s);
  s.network.redraw();
  if (s.network) follow(s);
  if (s.asked && s.asked === view.selected) answer(s);
}

// On a narrow screen the answer to a tap stands below the drawing: it is brought into sight, and there is a way back.
function answer(s) {
  s.asked = "";
  const panel = document.querySelector(innerWidth > 640 ? ".st-key-ew-panel" : ".st-key-ew-panel, .st-key-ew-build-part"), below = panel && panel.getBoundingClientRect().top - s.stage.getBoundingClientRect().bottom;
  if (!panel || below < 0) return; // it stands beside the drawing
  panel.scrollIntoView({ block: "start" });
  s.back.hidden = false;
}

// Colours come from the palette; where the system forces its own, their names are resolved here, since a canvas knows no style sheet.
function readTheme(s) {
  s.root.dataset.room = s.view.room ?? ""; // the style sheet has a ground for each room, which is then read like that of a page
  const style = getComputedStyle(s.root);
  s.font = style.getPropertyValue("--st-font").trim() || "system-ui, sans-serif";
  const { ink, dark } = painted(getComputedStyle(s.stage).backgroundColor);
  s.theme = FORCED.matches ? "forced" : dark ? "dark" : "light";
  const resolve = (value) => (typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, resolve(part)])) : systemColour(s, value));
  s.inks = FORCED.matches ? resolve(s.palette.forced) : { ...s.palette[s.theme], ground: { ...s.palette[s.theme].ground, page: ink } };
}

// A colour as the screen shows it, whatever it was made from, and whether it is a dark one; read once for each: a ground seldom changes.
const read = new Map();

function painted(colour) {
  if (!read.has(colour)) read.set(colour, measured(colour));
  return read.get(colour);
}

function measured(colour) {
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  probe.fillStyle = colour;
  probe.fillRect(0, 0, 1, 1);
  const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
  return { ink: `rgb(${r} ${g} ${b})`, dark: 0.299 * r + 0.587 * g + 0.114 * b < 128 };
}

function systemColour(s, name) {
  s.tip.style.color = name;
  const { color } = getComputedStyle(s.tip);
  s.tip.style.color = "";
  return color;
}

// The page turned light or dark, or the system began to force its colours.
function repaint(s) {
  if (!s.network) return;
  readTheme(s);
  markLegend(s);
  s.network.redraw();
}

const heard = (s) => s.ghosts.filter((one) => !one.faint || !s.view.hidden.has(SILENT));

function take(s, scene) {
  s.whole = scene;
  s.palette = scene.palette;
  s.sizes = scene.sizes;
  arrange(s);
}

// A drawing for a broad screen, unless that had to be shrunk until it can no longer be read: then the one for a narrow screen, if there is one:
// a large drawing is laid out once, and moved.
const slim = (s) => Boolean(s.whole.narrow) && (s.stage.clientWidth || s.root.clientWidth) < s.whole.core[1] - s.whole.core[0] + 2 * MARGIN;

function arrange(s) {
  const { narrow, ...broad } = s.whole, { places, routes, ...frame } = slim(s) ? narrow : { places: {}, routes: {} };
  const nodes = broad.nodes.map((node) => ({ ...node, ...places[node.id] })), edges = broad.edges.map((edge) => ({ ...edge, ...routes[edge.id] }));
  s.scene = { ...broad, ...frame, nodes, edges };
  s.nodes = new Map(nodes.map((node) => [node.id, node]));
  s.edges = new Map(edges.map((edge) => [edge.id, { ...edge, shaft: shaftOf(s, edge.points), line: flat(edge.points), hull: hullOf(edge) }]));
  s.root.dataset.slim = s.scene.slim;
  haunt(s);
}

function haunt(s) {
  s.ghosts = (s.view.ghosts ?? []).filter(({ at }) => s.nodes.has(at) && s.there(at)).map((ghost) => ({ ...ghost, ...spot(s, s.nodes.get(ghost.at)) }));
}

// Beside the step; where that is cut off or not free, a sign on the step's corner.
function spot(s, { x, y, w, h, ghost }) {
  if (!s.scene.slim && ghost.w > s.sizes.silence && s.stage.clientWidth >= s.scene.width - 2 * MARGIN) return ghost;
  return { x: x - w / 2 + 3, y: y + h / 2 - 3, w: s.sizes.silence, h: s.sizes.silence };
}

function build(s, vis) {
  const scene = s.scene;
  s.vis = vis;
  s.network?.destroy();
  s.stage.setAttribute("aria-label", scene.name);
  fillBar(s);
  s.root.style.height = boxHeight(s);
  const nodes = scene.nodes.map(({ id, x, y, w, h, shape }) => ({ id, x, y, shape, label: " ", ctxRenderer: ({ ctx }) => ({ drawNode: () => s.there(id) && meets(s.nodes.get(id), s.extent) && paintNode(ctx, s, s.nodes.get(id)), nodeDimensions: { width: w, height: h } }) }));
  const edges = scene.edges.map(({ id, from, to }) => ({ id, from, to }));
  s.network = new vis.Network(s.paper, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, scene.options);
  for (const part of s.paper.querySelectorAll("[tabindex]")) part.tabIndex = -1;
  s.network.on("beforeDrawing", (ctx) => paintUnder(ctx, s));
  s.network.on("afterDrawing", (ctx) => { for (const ghost of heard(s)) paintGhost(ctx, s, ghost); paintEditing(ctx, s); s.drawn = true; first.tell(); });
  s.network.on("click", ({ pointer }) => click(s, pointer.DOM));
  if (s.view.edit) s.network.on("doubleClick", ({ pointer }) => ask(s, pointer.DOM));
  s.network.on("dragStart", () => { s.tip.hidden = true; });
  s.network.on("dragEnd", () => { s.touched = true; });
  s.touched = false;
  s.width = 0;
  resize(s);
}

function paintUnder(ctx, s) {
  s.extent = extentOf(s);
  paintBands(ctx, s);
  paintFrames(ctx, s);
  const edges = [...s.edges.values()].filter((edge) => s.there(edge.id) && meets(edge.hull, s.extent)).sort((a, b) => rank(s, a) - rank(s, b));
  for (const edge of edges) paintEdge(ctx, s, edge);
  for (const edge of edges) paintLabel(ctx, s, edge);
}

const rank = (s, edge) => (s.view.selected === edge.id ? 2 : s.view.path.has(edge.id) ? 1 : s.view.closed.has(edge.id) ? -1 : 0);

// ---- pointers --------------------------------------------------------------------------------------------------------

const inside = (box, { x, y }, grow = 0) => Math.abs(x - box.x) <= box.w / 2 + grow && Math.abs(y - box.y) <= box.h / 2 + grow;

const told = (s, edge) => (s.view.unnamed.has(edge.id) ? `${edge.tip}\n${s.scene.notNamed}` : edge.tip);

function hit(s, dom) {
  const point = s.network.DOMtoCanvas(dom), reach = NEAR / s.network.getScale();
  const name = s.names?.find((one) => inside(one, point));
  if (name) return { kind: "lane", id: name.id, tip: s.view.edit ? "Name this lane, or move it" : "Fold this lane" };
  const ghost = heard(s).findLast((one) => inside(one, point));
  if (ghost) return { kind: "ghost", id: ghost.at, tip: ghost.lines.join(" ") };
  for (const node of s.nodes.values()) if (s.there(node.id) && inside(node, point)) return { kind: "node", id: node.id, tip: node.tip };
  const edges = [...s.edges.values()].filter((edge) => s.shown(edge) && inside(edge.hull, point, reach));
  for (const edge of edges) if (edge.box && inside(edge.box, point)) return { kind: "edge", id: edge.id, tip: told(s, edge) };
  let best = null, least = reach;
  for (const edge of edges) {
    const away = awayFrom(edge.line, point.x, point.y);
    if (away <= least) { least = away; best = { kind: "edge", id: edge.id, tip: told(s, edge) }; }
  }
  return best ?? { kind: "ground", id: "", tip: "" };
}

function send(s, kind, id, to = "") {
  clicks += 1;
  s.send("click", { kind, id, ...(to && { to }), nonce: `${Date.now().toString(36)}-${clicks}-${Math.random().toString(36).slice(2)}` });
}

function click(s, dom) {
  s.tip.hidden = true;
  const { kind, id } = hit(s, dom);
  s.asked = kind === "node" || kind === "edge" ? id : "";
  if (s.view.edit && kind === "ground") return waitFor(s); // it may become a double click
  send(s, kind, id);
}

function positionOf(s, id) {
  if (!s.network) return null;
  const edge = s.edges.get(id), node = s.there(id) ? s.nodes.get(id) : null;
  const ghost = id === "ghost" ? s.ghosts.findLast((one) => !one.faint) : heard(s).find((one) => id === `ghost:${one.at}`);
  const spot = node ?? (edge && s.shown(edge) ? edge.box ?? middle(edge) : null) ?? ghost;
  if (!spot) return null;
  return windowed(s, spot);
}

function windowed(s, { x, y }) {
  const dom = s.network.canvasToDOM({ x, y }), box = s.stage.getBoundingClientRect();
  return { x: box.left + dom.x, y: box.top + dom.y };
}

function middle(edge) {
  const [x, y] = edge.line[Math.floor(edge.line.length / 4)];
  return { x, y };
}

function hover(s, event) {
  if (!s.network || event.buttons || event.pointerType === "touch") return;
  const box = s.stage.getBoundingClientRect(), dom = { x: event.clientX - box.left, y: event.clientY - box.top };
  const { kind, id, tip: plain } = hit(s, dom), remark = s.view.remarks?.[id], time = s.view.times?.[id], tip = [plain, s.notices.get(id)?.text, time, remark && `◇ ${remark}`].filter(Boolean).join("\n");
  s.stage.classList.toggle("ew-over", kind !== "ground");
  s.tip.hidden = !tip;
  if (!tip) return;
  s.tip.textContent = tip;
  s.tip.style.left = `${Math.max(0, Math.min(dom.x + 14, box.width - s.tip.offsetWidth - 4))}px`;
  s.tip.style.top = `${dom.y + 18 + s.tip.offsetHeight > box.height ? Math.max(0, dom.y - s.tip.offsetHeight - 10) : dom.y + 18}px`;
}

function listen(s) {
  const { signal } = s.stop;
  edit(s, signal);
  s.stage.addEventListener("pointermove", (event) => hover(s, event), { signal });
  s.stage.addEventListener("pointerleave", () => { s.tip.hidden = true; }, { signal });
  s.stage.addEventListener("wheel", (event) => {
    if (!s.network || !(event.ctrlKey || event.metaKey)) return; // a plain wheel belongs to the page
    event.preventDefault();
    const box = s.stage.getBoundingClientRect();
    zoom(s, Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 250), { x: event.clientX - box.left, y: event.clientY - box.top });
  }, { signal, passive: false });
}

// A scene is laid ready by a component beside this one, whose message may come later.
function laid({ scene, hash }) {
  if (scene || scenes.has(hash)) return null;
  return new Promise((resolve) => document.addEventListener(`edgewise:scene:${hash}`, resolve, { once: true }));
}

// ---- what Streamlit calls on every change ----------------------------------------------------------------------------

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('[data-edgewise="canvas"]');
  let s = mounted.get(parentElement);
  if (!s || s.root !== root) {
    if (s) destroy(s);
    s = mount(root);
    mounted.set(parentElement, s);
  }
  const mine = (s.generation += 1);
  s.send = setTriggerValue;
  Promise.all([gate.promise, laid(data)]).then(([vis]) => { if (s.generation === mine && !s.stop.signal.aborted) accept(s, data, vis); });
  // Streamlit also calls this for a run that a newer one has overtaken: then the drawing belongs to the newer one.
  return () => {
    if (s.generation !== mine) return;
    destroy(s);
    mounted.delete(parentElement);
  };
}
