// The legend, which is also a filter, and the tools below the drawing. Stands between drawing.js and canvas.js in one module.

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
  const stroke = s.inks.states[id], cap = id === "uncited" ? "round" : "butt", line = { x1: 0, y1: 6, x2: 19, y2: 6, stroke };
  return svg(32, ["line", { ...line, "stroke-width": 2.4, "stroke-dasharray": s.scene.dashes[id].join(" "), "stroke-linecap": cap }], ...signParts(id, 26, 6, stroke));
}

// The same signs as `paintSign` draws.
function signParts(id, x, y, ink) {
  const edge = { stroke: ink, "stroke-width": 1.2, fill: id === "supported" || id === "broken" ? ink : "none" };
  const corners = { broken: [[0, -5], [5.2, 4.5], [-5.2, 4.5]], inferred: [[0, -5], [5, 0], [0, 5], [-5, 0]] }[id] ?? [[-4, -4], [4, -4], [4, 4], [-4, 4]];
  if (!["supported", "weak", "uncited"].includes(id)) return [["polygon", { ...edge, points: corners.map(([dx, dy]) => `${x + dx},${y + dy}`).join(" ") }]];
  const half = ["path", { d: `M${x} ${y - 4.5}A4.5 4.5 0 0 0 ${x} ${y + 4.5}Z`, fill: ink }];
  return [["circle", { ...edge, cx: x, cy: y, r: 4.5 }], ...(id === "weak" ? [half] : [])];
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

function groupSwatch(s, id) {
  const dash = id === "one-of" ? { "stroke-dasharray": s.sizes.frameDash.join(" ") } : {};
  return svg(24, ["rect", { x: 1, y: 1, width: 22, height: 10, rx: 3, fill: "none", stroke: "currentColor", "stroke-width": s.sizes.frame, ...dash }]);
}

function unnamedKey(s) {
  const [, ...words] = s.scene.notNamed.split(" ").slice(0, 3), pen = { stroke: "currentColor", "stroke-width": 1.4, fill: "none" };
  return [svg(14, ["circle", { cx: 7, cy: 6, r: 4.5, ...pen }], ["path", { d: "M2.5 10.5l9-9", ...pen }]), words.join(" ")];
}

// The same signs as `paintNotice` draws.
function noticeSwatch(s, weight) {
  const ink = s.inks.states[weight === "doubted" ? "weak" : "broken"], r = 5, pen = { stroke: ink, "stroke-width": 1.4 };
  if (weight === "doubted") return svg(14, ["path", { d: `M${FLAG.map(([dx, dy]) => `${6 + dx * r} ${6 + dy * r}`).join("L")}`, fill: ink, ...pen }]);
  const cross = { d: "M4 4l5 5M9 4l-5 5", ...pen, stroke: weight === "fallen" ? s.inks.ground.page : ink };
  return svg(14, ["rect", { x: 1.5, y: 1.5, width: 2 * r, height: 2 * r - 0.5, rx: 2, fill: weight === "fallen" ? ink : "none", ...pen }], ["path", cross]);
}

// What the bar depends on beside the scene.
const looks = (s) => `${s.theme} ${s.scene.slim} ${s.silences} ${s.view.unnamed.size > 0} ${(s.view.notices ?? []).map(({ weight }) => weight)}`;

function fillBar(s) {
  const { states, roles, kinds, groups } = s.scene.legend, list = make("ul"), tools = make("div", "ew-tools");
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
  if (s.silences || s.view.rest) put(list, silenceButton(s));
  const marks = make("ul");
  marks.setAttribute("aria-label", "Marks of the drawing");
  for (const { id, label } of roles) put(marks, key(roleSwatch(id), label));
  for (const { id, label } of groups) put(marks, key(groupSwatch(s, id), label));
  for (const { weight, label } of s.view.notices ?? []) put(marks, key(noticeSwatch(s, weight), label));
  if (s.view.unnamed.size) put(marks, key(...unnamedKey(s)));
  for (const { id, label } of kinds) put(marks, key(kindSwatch(s, id), label));
  for (const [sign, name, act] of [["−", "Zoom out", () => zoom(s, 1 / 1.25)], ["+", "Zoom in", () => zoom(s, 1.25)], ["⤢", "Fit the drawing", () => fit(s)]]) {
    const button = make("button", "ew-tool", sign);
    button.type = "button";
    button.setAttribute("aria-label", name);
    button.title = name;
    button.addEventListener("click", act);
    tools.append(button);
  }
  s.swatches = looks(s);
  s.bar.replaceChildren(...(s.scene.slim ? [folded("Legend and filter", list, marks), tools] : [list, marks, tools]));
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

function folded(name, ...content) {
  const details = make("details", "ew-legend");
  details.append(make("summary", "", name), ...content);
  return details;
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
  const silences = s.ghosts.filter((one) => one.faint).length, open = s.bar.querySelector("details")?.open;
  s.silences = silences;
  if (s.swatches !== looks(s)) { fillBar(s); if (s.width) resize(s); } // another line of keys takes its room below the drawing, not from it
  if (open) s.bar.querySelector("details")?.setAttribute("open", "");
  for (const [id, button] of s.buttons) button.setAttribute("aria-pressed", String(!s.view.hidden.has(id)));
}
