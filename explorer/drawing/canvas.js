// The component: mounts vis-network, keeps it across reruns, turns pointers into events. Follows drawing.js in one module.

const gate = (globalThis[Symbol.for("edgewise.vis")] ??= (() => {
  let open;
  const promise = new Promise((resolve) => { open = resolve; });
  return { promise, open };
})());
const LEGIBLE = 11 / 12, LARGEST = 1.6, NARROW = 600, NEAR = 8;
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
  const s = { root, stage: make("div", "ew-stage"), paper: make("div", "ew-paper"), bar: make("div", "ew-bar"), tip: make("div", "ew-tip"), generation: 0, hash: null, network: null, touched: false, silences: 0 };
  s.stage.setAttribute("role", "img");
  s.tip.hidden = true;
  s.stage.append(s.paper);
  root.replaceChildren(s.stage, s.bar, s.tip);
  s.seen = () => seen(s);
  s.there = (id) => !s.view.shown || s.view.shown.has(id);
  s.shown = (edge) => s.there(edge.id) && !s.view.hidden.has(edge.state);
  s.stop = new AbortController();
  listen(s);
  s.watch = new ResizeObserver(() => resize(s));
  window.addEventListener("resize", () => resize(s), { signal: s.stop.signal }); // taller, though no wider
  s.watch.observe(s.stage);
  s.stage.addEventListener("transitionend", ({ target }) => { if (target === s.stage) repaint(s); }, { signal: s.stop.signal }); // canvas.css tells of a change
  FORCED.addEventListener("change", () => repaint(s), { signal: s.stop.signal });
  document.fonts?.ready.then(() => s.network?.redraw());
  root.edgewise = { ready: () => Boolean(s.network && s.drawn), viewport: () => viewport(s), inkOf: (id) => inkOf(s, s.edges.get(id)), positionOf: (id) => positionOf(s, id) };
  return s;
}

function destroy(s) {
  s.stop.abort();
  s.watch.disconnect();
  s.network?.destroy();
  s.network = null;
  delete s.root.edgewise;
  s.root.replaceChildren();
}

// ---- what Python sent ------------------------------------------------------------------------------------------------

function accept(s, data, vis) {
  const view = JSON.parse(data.view);
  s.view = { ...view, shown: view.shown ? new Set(view.shown) : null };
  for (const part of ["due", "passed", "unreachable", "path", "closed", "hidden"]) s.view[part] = new Set(view[part]);
  s.height = data.height;
  s.around = data.around;
  if (s.hash !== data.hash) take(s, JSON.parse(data.scene ?? scenes.get(data.hash)));
  s.ghosts = (view.ghosts ?? []).filter(({ at }) => s.nodes.has(at) && s.there(at)).map((ghost) => ({ ...ghost, ...s.nodes.get(ghost.at).ghost }));
  readTheme(s);
  if (s.hash !== data.hash) build(s, vis);
  s.hash = data.hash;
  s.root.dataset.selected = view.selected;
  markLegend(s);
  s.network.redraw();
  if (s.network) follow(s);
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

// A colour as the screen shows it, whatever it was made from, and whether it is a dark one.
function painted(colour) {
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

// On a narrow screen there is no room for the faint ones, which would cover the names of lanes.
const narrow = (s) => s.root.clientWidth < NARROW;
const heard = (s) => s.ghosts.filter((one) => !one.faint || (!narrow(s) && !s.view.hidden.has(SILENT)));

function take(s, scene) {
  s.scene = scene;
  s.palette = scene.palette;
  s.sizes = scene.sizes;
  s.nodes = new Map(scene.nodes.map((node) => [node.id, node]));
  s.edges = new Map(scene.edges.map((edge) => [edge.id, { ...edge, shaft: shaftOf(s, edge.points), line: flat(edge.points) }]));
}

function build(s, vis) {
  const scene = s.scene;
  s.network?.destroy();
  s.stage.setAttribute("aria-label", scene.name);
  fillBar(s);
  s.root.style.height = boxHeight(s);
  const nodes = scene.nodes.map(({ id, x, y, w, h, shape }) => ({ id, x, y, shape, label: " ", ctxRenderer: ({ ctx }) => ({ drawNode: () => s.there(id) && paintNode(ctx, s, s.nodes.get(id)), nodeDimensions: { width: w, height: h } }) }));
  const edges = scene.edges.map(({ id, from, to }) => ({ id, from, to }));
  s.network = new vis.Network(s.paper, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, scene.options);
  for (const part of s.paper.querySelectorAll("[tabindex]")) part.tabIndex = -1;
  s.network.on("beforeDrawing", (ctx) => paintUnder(ctx, s));
  s.network.on("afterDrawing", (ctx) => { for (const ghost of heard(s)) paintGhost(ctx, s, ghost); s.drawn = true; first.tell(); });
  s.network.on("click", ({ pointer }) => click(s, pointer.DOM));
  s.network.on("dragStart", () => { s.tip.hidden = true; });
  s.network.on("dragEnd", () => { s.touched = true; });
  s.touched = false;
  s.width = 0;
  resize(s);
}

function paintUnder(ctx, s) {
  paintBands(ctx, s);
  const edges = [...s.edges.values()].filter((edge) => s.there(edge.id)).sort((a, b) => rank(s, a) - rank(s, b));
  for (const edge of edges) paintEdge(ctx, s, edge);
  for (const edge of edges) paintLabel(ctx, s, edge);
}

const rank = (s, edge) => (s.view.selected === edge.id ? 2 : s.view.path.has(edge.id) ? 1 : s.view.closed.has(edge.id) ? -1 : 0);

// ---- viewport --------------------------------------------------------------------------------------------------------

// On a narrow screen the drawing stands at its full height in the page, which scrolls; only sideways it is moved by hand. On a
// wide one it fills the window, and grows by a fifth at the most beyond its box rather than cut off the last steps.
function boxHeight(s) {
  const need = Math.ceil(s.scene.height * LEGIBLE) + s.bar.offsetHeight;
  const box = s.around ? Math.max(s.height, window.innerHeight - s.around) : s.height;
  return `${narrow(s) ? need : need > 1.2 * box ? box : Math.max(box, need)}px`;
}

function startView(s) {
  const w = s.stage.clientWidth, h = s.stage.clientHeight, { width, height, nodes } = s.scene;
  const fit = Math.min(w / (width || 1), h / (height || 1), LARGEST), scale = Math.max(fit, LEGIBLE);
  const room = { x: w / scale, y: h / scale }, first = nodes[0] ?? { x: width / 2 };
  const x = room.x >= width ? width / 2 : Math.min(Math.max(first.x, room.x / 2), width - room.x / 2);
  return { scale, position: { x, y: room.y >= height ? height / 2 : room.y / 2 } };
}

function look(s, view) {
  s.network.moveTo({ ...view, animation: false });
  s.stage.classList.toggle("ew-zoomed", view.scale > startView(s).scale * 1.02);
}

// A scroll bar that comes or goes changes the width by a few pixels: that must not move the view.
function resize(s) {
  if (!s.network || !s.stage.clientWidth) return;
  s.root.style.height = boxHeight(s);
  const width = s.stage.clientWidth, jump = Math.abs(width - s.width) > 24;
  const before = { scale: s.network.getScale(), position: s.network.getViewPosition() };
  s.network.setSize("100%", "100%");
  if (jump) s.width = width;
  look(s, jump && !s.touched ? startView(s) : before);
  s.network.redraw();
}

// A drawing that grows is being told: where it stands is brought into sight, and only when that has changed.
function follow(s) {
  const node = s.nodes.get([...s.view.due][0]), view = viewport(s);
  if (!s.view.shown || !node || !view || s.followed === node.id) return;
  s.followed = node.id;
  const clear = (at, from, room, grow) => Math.abs(at - from) + grow <= room / 2;
  const room = { x: s.stage.clientWidth / view.scale, y: s.stage.clientHeight / view.scale };
  if (clear(node.x, view.x, room.x, node.w / 2) && clear(node.y, view.y, room.y, node.h)) return;
  const held = (at, room, size) => (room >= size ? size / 2 : Math.min(Math.max(at, room / 2), size - room / 2));
  look(s, { scale: view.scale, position: { x: held(node.x, room.x, s.scene.width), y: held(node.y, room.y, s.scene.height) } });
}

function zoom(s, factor, at) {
  const scale = s.network.getScale(), next = Math.min(4, Math.max(0.15, scale * factor)), centre = s.network.getViewPosition();
  const held = at ? s.network.DOMtoCanvas(at) : centre, k = scale / next;
  s.touched = true;
  look(s, { scale: next, position: { x: held.x + (centre.x - held.x) * k, y: held.y + (centre.y - held.y) * k } });
}

function seen(s) {
  const a = s.network.DOMtoCanvas({ x: 0, y: 0 }), b = s.network.DOMtoCanvas({ x: s.stage.clientWidth, y: 0 });
  return { left: a.x, right: b.x, scale: s.network.getScale() };
}

function viewport(s) {
  return s.network ? { scale: s.network.getScale(), ...s.network.getViewPosition() } : null;
}

// ---- pointers --------------------------------------------------------------------------------------------------------

const inside = (box, { x, y }, grow = 0) => Math.abs(x - box.x) <= box.w / 2 + grow && Math.abs(y - box.y) <= box.h / 2 + grow;

function hit(s, dom) {
  const point = s.network.DOMtoCanvas(dom), reach = NEAR / s.network.getScale();
  const ghost = heard(s).findLast((one) => inside(one, point));
  if (ghost) return { kind: "ghost", id: ghost.at, tip: ghost.lines.join(" ") };
  for (const node of s.nodes.values()) if (s.there(node.id) && inside(node, point)) return { kind: "node", id: node.id, tip: node.tip };
  const edges = [...s.edges.values()].filter(s.shown);
  for (const edge of edges) if (edge.box && inside(edge.box, point)) return { kind: "edge", id: edge.id, tip: edge.tip };
  let best = null, least = reach;
  for (const edge of edges) {
    const away = awayFrom(edge.line, point.x, point.y);
    if (away <= least) { least = away; best = { kind: "edge", id: edge.id, tip: edge.tip }; }
  }
  return best ?? { kind: "ground", id: "", tip: "" };
}

function send(s, kind, id) {
  clicks += 1;
  s.send("click", { kind, id, nonce: `${Date.now().toString(36)}-${clicks}-${Math.random().toString(36).slice(2)}` });
}

function click(s, dom) {
  s.tip.hidden = true;
  const { kind, id } = hit(s, dom);
  send(s, kind, id);
}

function positionOf(s, id) {
  if (!s.network) return null;
  const edge = s.edges.get(id), node = s.there(id) ? s.nodes.get(id) : null;
  const ghost = id === "ghost" ? s.ghosts.findLast((one) => !one.faint) : heard(s).find((one) => id === `ghost:${one.at}`);
  const spot = node ?? (edge && s.shown(edge) ? edge.box ?? middle(edge) : null) ?? ghost;
  if (!spot) return null;
  const dom = s.network.canvasToDOM({ x: spot.x, y: spot.y }), box = s.stage.getBoundingClientRect();
  return { x: box.left + dom.x, y: box.top + dom.y };
}

function middle(edge) {
  const [x, y] = edge.line[Math.floor(edge.line.length / 4)];
  return { x, y };
}

function hover(s, event) {
  if (!s.network || event.buttons || event.pointerType === "touch") return;
  const box = s.stage.getBoundingClientRect(), dom = { x: event.clientX - box.left, y: event.clientY - box.top };
  const { kind, tip } = hit(s, dom);
  s.stage.classList.toggle("ew-over", kind !== "ground");
  s.tip.hidden = !tip;
  if (!tip) return;
  s.tip.textContent = tip;
  s.tip.style.left = `${Math.max(0, Math.min(dom.x + 14, box.width - s.tip.offsetWidth - 4))}px`;
  s.tip.style.top = `${dom.y + 18 + s.tip.offsetHeight > box.height ? Math.max(0, dom.y - s.tip.offsetHeight - 10) : dom.y + 18}px`;
}

function listen(s) {
  const { signal } = s.stop;
  s.stage.addEventListener("pointermove", (event) => hover(s, event), { signal });
  s.stage.addEventListener("pointerleave", () => { s.tip.hidden = true; }, { signal });
  s.stage.addEventListener("wheel", (event) => {
    if (!s.network || !(event.ctrlKey || event.metaKey)) return; // a plain wheel belongs to the page
    event.preventDefault();
    const box = s.stage.getBoundingClientRect();
    zoom(s, Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 250), { x: event.clientX - box.left, y: event.clientY - box.top });
  }, { signal, passive: false });
}

// ---- legend and tools ------------------------------------------------------------------------------------------------

function svg(width, ...parts) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ width, height: 12, viewBox: `0 0 ${width} 12`, "aria-hidden": "true" })) picture.setAttribute(name, value);
  for (const [tag, attributes] of parts) {
    const part = document.createElementNS(picture.namespaceURI, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    picture.append(part);
  }
  return picture;
}

function stateSwatch(s, id) {
  const stroke = s.inks.states[id], cap = id === "uncited" ? "round" : "butt";
  return svg(30, ["line", { x1: 1, y1: 6, x2: 29, y2: 6, stroke, "stroke-width": 2.4, "stroke-dasharray": s.scene.dashes[id].join(" "), "stroke-linecap": cap }]);
}

function roleSwatch(id) {
  const line = (width) => ["line", { x1: 1, y1: 6, x2: 23, y2: 6, stroke: "currentColor", "stroke-width": width }];
  return id === "option" ? svg(24, line(1)) : svg(24, line(2), ["circle", { cx: 12, cy: 6, r: 5, fill: "var(--st-background-color)", stroke: "currentColor", "stroke-width": 1.4 }], ["path", { d: "M9.8 3.8l4.4 4.4M14.2 3.8l-4.4 4.4", stroke: "currentColor", "stroke-width": 1.4 }]);
}

function kindSwatch(s, id) {
  const { fill, line } = s.inks.kinds[id], shape = s.scene.shapes[id], paint = { fill, stroke: line, "stroke-width": 1.4 };
  if (shape === "octagon") return svg(18, ["path", { d: "M4.5 1h9L17 4.5v3L13.5 11h-9L1 7.5v-3z", ...paint }]);
  const rect = ["rect", { x: 1, y: 1, width: 16, height: 10, rx: { pill: 5, round: 3 }[shape] ?? 0, ...paint }];
  return shape === "bar" ? svg(18, rect, ["rect", { x: 1, y: 1, width: 4, height: 10, fill: line }]) : svg(18, rect);
}

function fillBar(s) {
  const { states, roles, kinds } = s.scene.legend, list = make("ul"), tools = make("div", "ew-tools");
  list.setAttribute("aria-label", "Legend; the states of evidence are also a filter");
  s.buttons = new Map();
  for (const { id, label, count } of states) {
    const button = make("button", "ew-state");
    button.type = "button";
    button.append(stateSwatch(s, id), make("span", "", `${label} (${count})`));
    button.dataset.state = id;
    button.addEventListener("click", () => toggle(s, id));
    s.buttons.set(id, button);
    put(list, button);
  }
  if (s.silences || (s.view.rest && !narrow(s))) put(list, silenceButton(s));
  for (const { id, label } of roles) put(list, key(roleSwatch(id), label));
  for (const { id, label } of kinds) put(list, key(kindSwatch(s, id), label));
  for (const [sign, name, act] of [["−", "Zoom out", () => zoom(s, 1 / 1.25)], ["+", "Zoom in", () => zoom(s, 1.25)], ["⤢", "Fit the drawing", () => fit(s)]]) {
    const button = make("button", "ew-tool", sign);
    button.type = "button";
    button.setAttribute("aria-label", name);
    button.title = name;
    button.addEventListener("click", act);
    tools.append(button);
  }
  s.swatchTheme = s.theme;
  s.bar.replaceChildren(list, tools);
}

// Where the source is silent for other patients than the one who is walked: known a moment after the drawing.
function silenceButton(s) {
  const button = make("button", "ew-state"), box = ["rect", { x: 1, y: 1, width: 22, height: 10, rx: 3, fill: "none", stroke: "currentColor", "stroke-width": 1, "stroke-dasharray": "2 3" }];
  button.type = "button";
  button.append(svg(24, box), make("span", "", s.silences ? `left open (${s.silences})` : "left open"));
  button.title = "Steps after which the source does not say, for some patients, what comes next";
  button.dataset.state = SILENT;
  button.addEventListener("click", () => toggle(s, SILENT));
  s.buttons.set(SILENT, button);
  return button;
}

function put(list, element) {
  const item = make("li");
  item.append(element);
  list.append(item);
}

function key(swatch, label) {
  const element = make("span", "ew-key");
  element.append(swatch, make("span", "", label));
  return element;
}

// The first press goes to the start view, where letters are legible; from there, to the whole drawing.
function fit(s) {
  const start = startView(s), { width, height } = s.scene, now = viewport(s);
  const whole = Math.min(s.stage.clientWidth / (width || 1), s.stage.clientHeight / (height || 1), LARGEST);
  const atStart = Math.abs(now.scale - start.scale) < 0.01 && Math.hypot(now.x - start.position.x, now.y - start.position.y) < 2;
  s.touched = atStart && whole < start.scale;
  look(s, s.touched ? { scale: whole, position: { x: width / 2, y: height / 2 } } : start);
}

// Shown at once, and told to Python, whose answer decides.
function toggle(s, id) {
  if (!s.view.hidden.delete(id)) s.view.hidden.add(id);
  markLegend(s);
  s.network.redraw();
  send(s, "legend", id);
}

function markLegend(s) {
  const silences = narrow(s) ? 0 : s.ghosts.filter((one) => one.faint).length;
  if (s.swatchTheme !== s.theme || silences !== s.silences) { s.silences = silences; fillBar(s); }
  for (const [id, button] of s.buttons) button.setAttribute("aria-pressed", String(!s.view.hidden.has(id)));
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
