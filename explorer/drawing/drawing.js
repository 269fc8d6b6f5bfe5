// Painting of the pathway on a 2D canvas: lanes, routed edges, nodes, ghost. Coordinates are those of layout.py, sizes those of sizes.py; every text goes
// through fillText with the room it has, so that nothing is markup and nothing is cut. `s` is the state kept by canvas.js.

const UNREAD = 4; // pixels of the screen below which letters are only grey

function letter(ctx, s, lines, x, y, size, lineHeight, room, weight = 400) {
  if (size * s.network.getScale() < UNREAD) return; // detail on demand: what nobody could read is not lettered
  ctx.font = `${weight} ${size}px ${s.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  lines.forEach((line, i) => { ctx.fillText(line, x, y + (i - (lines.length - 1) / 2) * lineHeight + 0.5, room); });
}

function rounded(ctx, x, y, w, h, r) {
  ctx.beginPath();
  ctx.roundRect(x - w / 2, y - h / 2, w, h, Math.min(r, w / 2, h / 2));
}

function outline(ctx, s, shape, x, y, w, h) {
  if (shape !== "octagon") return rounded(ctx, x, y, w, h, s.sizes.rounding[shape] ?? 5);
  const c = Math.min(s.sizes.corner, h / 3), l = x - w / 2, r = x + w / 2, t = y - h / 2, b = y + h / 2;
  ctx.beginPath();
  [[l + c, t], [r - c, t], [r, t + c], [r, b - c], [r - c, b], [l + c, b], [l, b - c], [l, t + c]].forEach(([px, py], i) => { if (i) ctx.lineTo(px, py); else ctx.moveTo(px, py); });
  ctx.closePath();
}

function paintBands(ctx, s) {
  const { left, right, scale } = s.seen();
  for (const band of s.scene.bands) {
    ctx.fillStyle = s.inks.ground.band;
    ctx.fillRect(left, band.top, right - left, band.bottom - band.top);
  }
  ctx.fillStyle = s.inks.ground.name;
  const large = s.scene.vast ? Math.max(1, 1 / scale) : 1; // the names of lanes stay legible, however small the drawing
  ctx.font = `600 ${s.sizes.font.lane * large}px ${s.font}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  const folded = new Set(s.scene.nodes.filter((node) => node.kind === "Lane").map(({ id }) => id.replace(/^lane /, "")));
  s.names = [];
  for (const band of s.scene.bands) {
    const lines = foldable(s, band) ? [`▾ ${band.lines[0]}`, ...band.lines.slice(1)] : band.lines, line = s.sizes.nodeLine * large, high = lines.length * line + 7 * large;
    const width = (s.scene.gutter - 10) * large, first = inView(s, band, high), room = band.bottom - band.top;
    if (large > 1 ? room < 0.6 * line : folded.has(band.id)) continue; // the box of a folded lane bears its name, as long as it can be read
    const x = nameAt(s, band, left + 8 / scale, s.scene.gutter - 10), shown = lines.slice(0, Math.max(1, Math.floor(room / line)));
    shown.forEach((text, i) => { ctx.fillText(text, x, first + 11 * large + i * line, width); });
    if (foldable(s, band) || s.view.edit) s.names.push({ id: band.id, x: x + width / 2, y: first + high / 2, w: width, h: high });
  }
}

const foldable = (s, band) => s.scene.folds?.includes(band.id);

// Where the name of a lane begins: at its top or, in a large drawing that was moved past it, at the top of what is in sight.
function inView(s, band, high) {
  if (!s.scene.vast) return band.top;
  return Math.max(band.top, Math.min(s.extent.y - s.extent.h / 2 + 30, band.bottom - high));
}

// Around steps that belong together: a line where they are begun together, a dashed one where one of them is to be chosen.
function paintFrames(ctx, s) {
  ctx.save();
  ctx.strokeStyle = s.inks.ground.name;
  ctx.lineWidth = s.sizes.frame;
  for (const { kind, x, y, w, h } of s.scene.frames.filter((frame) => frame.steps.every((id) => s.there(id)))) {
    ctx.setLineDash(kind === "one-of" ? s.sizes.frameDash : []);
    rounded(ctx, x, y, w, h, s.sizes.rounding.round);
    ctx.stroke();
  }
  ctx.restore();
}

// The name of a lane stays in sight when the drawing is moved; where a step is in its way, it stands beside the step.
function nameAt(s, band, from, width) {
  if (s.scene.vast && !s.scene.slim) return from;
  const bottom = band.top + 6 + band.lines.length * s.sizes.nodeLine;
  const boxes = s.scene.nodes.filter((n) => n.y - n.h / 2 < bottom && n.y + n.h / 2 > band.top);
  const free = (x) => boxes.every((n) => x + width < n.x - n.w / 2 || x > n.x + n.w / 2);
  return [from, ...boxes.map((n) => n.x + n.w / 2 + 8).filter((x) => x > from).sort((a, b) => a - b)].find(free) ?? from;
}

function trace(ctx, points) {
  ctx.beginPath();
  ctx.moveTo(...points[0]);
  for (let i = 1; i + 2 < points.length; i += 3) ctx.bezierCurveTo(...points[i], ...points[i + 1], ...points[i + 2]);
}

// The unit vector in which a route arrives; control points may coincide with the end, so look back for one that does not.
function arrival(points) {
  const [ex, ey] = points.at(-1);
  for (let i = points.length - 2; i >= 0; i--) {
    const dx = ex - points[i][0], dy = ey - points[i][1], length = Math.hypot(dx, dy);
    if (length > 1) return [dx / length, dy / length];
  }
  return [0, 1];
}

function paintHead(ctx, points, size) {
  const [x, y] = points.at(-1), [dx, dy] = arrival(points);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x - dx * size - dy * size * 0.45, y - dy * size + dx * size * 0.45);
  ctx.lineTo(x - dx * size + dy * size * 0.45, y - dy * size - dx * size * 0.45);
  ctx.closePath();
  ctx.fill();
}

// What the source advises against carries a cross on its way, just before the head.
function paintCross(ctx, s, points) {
  const [x, y] = points.at(-1), [dx, dy] = arrival(points), { cross: r, crossBack: back } = s.sizes, cx = x - dx * back, cy = y - dy * back;
  const ink = ctx.strokeStyle;
  ctx.setLineDash([]);
  ctx.lineWidth = s.sizes.border;
  ctx.fillStyle = s.inks.ground.page;
  ctx.beginPath();
  ctx.arc(cx, cy, r, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
  ctx.beginPath();
  for (const k of [-1, 1]) { ctx.moveTo(cx - r * 0.5, cy - k * r * 0.5); ctx.lineTo(cx + r * 0.5, cy + k * r * 0.5); }
  ctx.stroke();
  ctx.fillStyle = ink;
}

// A flag on its pole, from the foot up, around and back.
const FLAG = [[-0.6, 1], [-0.6, -1], [0.9, -0.45], [-0.6, 0.1]];

// What this patient cannot take is grey; its sign and its dash still tell the evidence.
const greyed = (s, edge) => s.view.closed.has(edge.id);
const inkOf = (s, edge) => (greyed(s, edge) ? s.inks.ground.muted : s.inks.states[edge.state]);

// A state of evidence as on paper: full disc, half disc, warning triangle, empty disc, lozenge; what has no sign of its own yet, an empty square.
function paintSign(ctx, state, x, y, size, ink, ground) {
  const r = size / 2, shape = (...points) => { ctx.beginPath(); points.forEach(([dx, dy], i) => { if (i) ctx.lineTo(x + dx * r, y + dy * r); else ctx.moveTo(x + dx * r, y + dy * r); }); ctx.closePath(); };
  ctx.save();
  ctx.setLineDash([]);
  ctx.lineWidth = size * 0.12;
  ctx.strokeStyle = ink;
  ctx.fillStyle = state === "supported" || state === "broken" ? ink : ground;
  if (state === "broken") shape([0, -1.1], [1.15, 1], [-1.15, 1]);
  else if (state === "inferred") shape([0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]);
  else if (["supported", "weak", "uncited"].includes(state)) { ctx.beginPath(); ctx.arc(x, y, r, 0, 2 * Math.PI); }
  else shape([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]);
  ctx.fill();
  ctx.stroke();
  if (state === "weak") { ctx.beginPath(); ctx.arc(x, y, r, Math.PI / 2, 1.5 * Math.PI); ctx.fillStyle = ink; ctx.fill(); }
  if (state === "broken") { ctx.fillStyle = ground; ctx.fillRect(x - r * 0.13, y - r * 0.4, r * 0.26, r * 0.7); ctx.fillRect(x - r * 0.14, y + r * 0.48, r * 0.28, r * 0.28); }
  ctx.restore();
}

function paintEdge(ctx, s, edge) {
  const shown = s.shown(edge), taken = s.view.path.has(edge.id), chosen = s.view.selected === edge.id;
  ctx.save();
  ctx.globalAlpha = shown ? 1 : 0.1;
  ctx.lineCap = edge.state === "uncited" ? "round" : "butt";
  ctx.lineJoin = "round";
  if (chosen && shown) {
    ctx.globalAlpha = 0.3;
    ctx.strokeStyle = s.inks.ground.ring;
    ctx.lineWidth = 11;
    trace(ctx, edge.points);
    ctx.stroke();
    ctx.globalAlpha = 1;
  }
  ctx.strokeStyle = inkOf(s, edge);
  ctx.fillStyle = ctx.strokeStyle;
  ctx.lineWidth = taken ? s.sizes.taken : edge.role === "option" ? s.sizes.option : s.sizes.route;
  ctx.setLineDash(s.scene.dashes[edge.state].map((d) => (taken ? 1.5 * d : d)));
  trace(ctx, edge.shaft);
  ctx.stroke();
  ctx.setLineDash([]);
  paintHead(ctx, edge.points, taken ? s.sizes.head + 3 : edge.role === "option" ? s.sizes.head - 1.5 : s.sizes.head);
  if (edge.role === "excluded") paintCross(ctx, s, edge.points);
  ctx.restore();
}

function paintLabel(ctx, s, edge) {
  if (!edge.box || !s.shown(edge)) return;
  const { x, y, w, h } = edge.box, sign = s.sizes.sign, signGap = s.sizes.signGap, chosen = s.view.selected === edge.id, grey = greyed(s, edge);
  const ground = s.scene.bands.some((band) => y > band.top && y < band.bottom) ? s.inks.ground.band : s.inks.ground.page;
  ctx.save();
  ctx.fillStyle = ground;
  rounded(ctx, x, y, w, h, 4);
  ctx.fill();
  if (chosen) { ctx.strokeStyle = s.inks.ground.ring; ctx.lineWidth = 1.5; ctx.stroke(); }
  const ink = grey ? s.inks.ground.name : s.inks.states[edge.state], [first, ...rest] = edge.lines, top = y - (rest.length * s.sizes.edgeLine) / 2;
  const font = [s.sizes.font.edge, s.sizes.edgeLine], weight = chosen || s.view.path.has(edge.id) ? 600 : 500;
  ctx.font = `${weight} ${s.sizes.font.edge}px ${s.font}`;
  const room = w - 4 - sign - signGap, words = Math.min(ctx.measureText(first).width, room), lead = first ? sign + signGap : 0;
  paintSign(ctx, edge.state, x - (first ? (lead + words) / 2 - sign / 2 : 0), top, sign, ink, ground);
  ctx.fillStyle = ink;
  letter(ctx, s, [first], x + lead / 2, top, ...font, room, weight);
  if (s.notices.has(edge.id)) paintNotice(ctx, s, x - w / 2 - s.sizes.cross / 2, y - h / 2 + 2, s.notices.get(edge.id).weight, ground);
  if (s.view.unnamed.has(edge.id)) paintUnnamed(ctx, s, x + w / 2, y - h / 2 + 2, ground);
  ctx.fillStyle = ink;
  letter(ctx, s, rest, x, top + ((rest.length + 1) * s.sizes.edgeLine) / 2, ...font, w - 4, weight);
  ctx.restore();
}

// Works behind it that were retracted: a crossed square, filled where nothing else is left; that are in doubt: a flag.
function paintNotice(ctx, s, x, y, weight, ground) {
  const r = s.sizes.cross, ink = s.inks.states[weight === "doubted" ? "weak" : "broken"];
  ctx.save();
  ctx.setLineDash([]);
  ctx.lineWidth = s.sizes.border;
  ctx.strokeStyle = ink;
  ctx.fillStyle = weight === "fallen" ? ink : ground;
  rounded(ctx, x, y, 2 * r, 2 * r, 2);
  ctx.fill();
  if (weight !== "doubted") ctx.stroke();
  ctx.beginPath();
  if (weight === "doubted") for (const [dx, dy] of FLAG) ctx.lineTo(x + dx * r, y + dy * r);
  else for (const k of [-1, 1]) { ctx.moveTo(x - r * 0.55, y - k * r * 0.55); ctx.lineTo(x + r * 0.55, y + k * r * 0.55); }
  ctx.fillStyle = ink;
  if (weight === "doubted") ctx.fill();
  ctx.strokeStyle = weight === "fallen" ? ground : ink;
  ctx.lineWidth = weight === "fallen" ? 2 : s.sizes.border;
  ctx.stroke();
  ctx.restore();
}

// Shut, though nothing that the source says rules it out: the empty set, on the corner of the label.
function paintUnnamed(ctx, s, x, y, ground) {
  const r = s.sizes.cross - 0.5;
  ctx.lineWidth = s.sizes.border;
  ctx.strokeStyle = s.inks.kinds.ghost.text;
  ctx.fillStyle = ground;
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
  ctx.beginPath();
  ctx.moveTo(x - r * 0.9, y + r * 0.9);
  ctx.lineTo(x + r * 0.9, y - r * 0.9);
  ctx.stroke();
}

function paintHalo(ctx, s, node, look) {
  const { x, y, w, h } = node;
  if (s.view.due.has(node.id)) {
    ctx.strokeStyle = s.inks.ground.due;
    for (const [grow, width, alpha] of [[12, 9, 0.25], [7, 4, 0.95]]) {
      ctx.globalAlpha = alpha;
      ctx.lineWidth = width;
      outline(ctx, s, look.shape, x, y, w + grow, h + grow);
      ctx.stroke();
    }
  }
  ctx.globalAlpha = 1;
  if (s.view.selected === node.id) {
    ctx.strokeStyle = s.inks.ground.ring;
    ctx.lineWidth = 3;
    outline(ctx, s, look.shape, x, y, w + 5, h + 5);
    ctx.stroke();
  }
}

// What waits bears the face of a clock, what is overdue an exclamation mark on a square: told by shape, not by colour alone.
function paintTime(ctx, s, x, y, late) {
  ctx.fillStyle = late ? s.inks.states.broken : s.inks.ground.page;
  ctx.strokeStyle = late ? s.inks.ground.page : s.inks.ground.name;
  ctx.lineWidth = 1.5;
  if (late) rounded(ctx, x, y, 17, 17, 3);
  else { ctx.beginPath(); ctx.arc(x, y, 8, 0, 2 * Math.PI); }
  ctx.fill();
  ctx.stroke();
  ctx.lineWidth = 2;
  ctx.beginPath();
  const hands = late ? [[[0, -5], [0, 1.5]], [[0, 4], [0, 5.5]]] : [[[0, -5], [0, 0]], [[0, 0], [3.6, 0]]];
  for (const [[ax, ay], [bx, by]] of hands) { ctx.moveTo(x + ax, y + ay); ctx.lineTo(x + bx, y + by); }
  ctx.stroke();
}

function paintMark(ctx, s, node) {
  const passed = s.view.passed.has(node.id), waits = s.view.waiting?.has(node.id), late = s.view.overdue?.has(node.id);
  if (waits || late) return paintTime(ctx, s, node.x - node.w / 2, node.y - node.h / 2, late);
  if (!passed && !s.view.due.has(node.id)) return;
  const x = node.x - node.w / 2, y = node.y - node.h / 2;
  ctx.fillStyle = passed ? s.inks.ground.tick : s.inks.ground.due;
  ctx.strokeStyle = s.inks.ground.mark;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.arc(x, y, 8, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
  ctx.strokeStyle = passed ? s.inks.ground.mark : s.inks.ground.markDue;
  ctx.lineWidth = 2;
  ctx.beginPath();
  const stroke = passed ? [[-3.6, 0.2], [-1, 3], [3.8, -2.8]] : [[-1.6, -3.4], [2, 0], [-1.6, 3.4]];
  stroke.forEach(([dx, dy], i) => { if (i) ctx.lineTo(x + dx, y + dy); else ctx.moveTo(x + dx, y + dy); });
  ctx.stroke();
}

function paintNode(ctx, s, node) {
  const look = { ...s.inks.kinds[s.view.unreachable.has(node.id) ? "dimmed" : node.kind], shape: s.scene.shapes[node.kind] };
  const { x, y, w, h } = node, words = w - node.badgeWidth;
  ctx.save();
  paintHalo(ctx, s, node, look);
  ctx.fillStyle = look.fill;
  outline(ctx, s, look.shape, x, y, w, h);
  ctx.fill();
  ctx.save();
  ctx.clip();
  ctx.fillStyle = look.line;
  if (look.shape === "bar") ctx.fillRect(x - w / 2, y - h / 2, s.sizes.side, h);
  if (node.badgeWidth) { ctx.globalAlpha = 0.14; ctx.fillRect(x + w / 2 - node.badgeWidth, y - h / 2, node.badgeWidth, h); }
  ctx.restore();
  ctx.strokeStyle = look.line;
  ctx.lineWidth = s.view.passed.has(node.id) ? 3 : s.sizes.border;
  outline(ctx, s, look.shape, x, y, w, h);
  ctx.stroke();
  ctx.fillStyle = look.text;
  letter(ctx, s, node.lines, x - node.badgeWidth / 2 + (look.shape === "bar" ? 2 : 0), y, s.scene.nodeFont, s.sizes.nodeLine, words - 10, 500);
  if (node.badgeWidth) letter(ctx, s, [`★ ${node.badge}`], x + w / 2 - node.badgeWidth / 2, y, s.sizes.font.badge, s.sizes.nodeLine, node.badgeWidth - 6, 600);
  if (s.notices.has(node.id)) paintNotice(ctx, s, x + w / 2, y + h / 2, s.notices.get(node.id).weight, s.inks.ground.page);
  if (node.inferred) paintReading(ctx, s, node, look);
  paintMark(ctx, s, node);
  ctx.restore();
}

// Where only the modeller's reading leads to a step, the step bears its sign.
function paintReading(ctx, s, { x, y, w, h }, look) {
  ctx.beginPath();
  ctx.arc(x + w / 2, y - h / 2, s.sizes.sign, 0, 2 * Math.PI);
  ctx.fillStyle = s.inks.ground.page;
  ctx.fill();
  paintSign(ctx, "inferred", x + w / 2, y - h / 2, s.sizes.sign + 2, s.inks.states.inferred, look.fill);
}

// Where there is no room for a box, a step at which the source falls silent bears a sign, as on paper.
function paintSilence(ctx, s, { x, y, w, faint }) {
  ctx.save();
  ctx.beginPath();
  ctx.arc(x, y, w / 2 - 1, 0, 2 * Math.PI);
  ctx.fillStyle = s.inks.ground.page;
  ctx.strokeStyle = faint ? s.inks.ground.muted : s.inks.kinds.ghost.line;
  ctx.lineWidth = faint ? s.sizes.option : s.sizes.route;
  if (faint) ctx.setLineDash([2, 2]);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = faint ? s.inks.ground.name : s.inks.kinds.ghost.text;
  letter(ctx, s, ["?"], x, y, s.sizes.font.edge, s.sizes.edgeLine, w, 700);
  ctx.restore();
}

// A faint ghost is for other patients than the one who is walked: an outline in a thin, widely broken line.
function paintGhost(ctx, s, ghost) {
  if (!ghost.path) return paintSilence(ctx, s, ghost);
  const { x, y, w, h, path, lines, faint } = ghost;
  const look = s.inks.kinds.ghost;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = faint ? s.inks.ground.muted : look.line;
  ctx.lineWidth = faint ? s.sizes.option : s.sizes.route;
  ctx.setLineDash(faint ? [3, 5] : [4, 4]);
  ctx.beginPath();
  ctx.moveTo(...path[0]);
  for (const point of path.slice(1)) ctx.lineTo(...point);
  ctx.stroke();
  paintHead(ctx, path, faint ? s.sizes.head - 2 : s.sizes.head);
  ctx.fillStyle = faint ? s.inks.ground.page : look.fill;
  rounded(ctx, x, y, w, h, s.sizes.rounding.round);
  ctx.fill();
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.fillStyle = faint ? s.inks.ground.name : look.text;
  letter(ctx, s, lines, x, y, s.sizes.font.edge, s.sizes.nodeLine, w - 8, faint ? 400 : 500);
  ctx.restore();
}

// The route without its last bit, so that a thick line does not stick out beyond the point of the head.
function shaftOf(s, points) {
  const [dx, dy] = arrival(points), cut = points.map((p) => [...p]), end = cut.at(-1), before = cut.at(-2);
  for (const point of [end, before]) { point[0] -= dx * (s.sizes.head - 3); point[1] -= dy * (s.sizes.head - 3); }
  return cut;
}

function flat(points, steps = 14) {
  const line = [points[0]];
  for (let i = 0; i + 3 < points.length; i += 3) {
    const [a, b, c, d] = points.slice(i, i + 4);
    for (let n = 1; n <= steps; n++) {
      const t = n / steps, u = 1 - t;
      line.push([0, 1].map((k) => u * u * u * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t * t * t * d[k]));
    }
  }
  return line;
}

// The rectangle that holds an edge with its label.
function hullOf({ points, box }) {
  const corners = box ? [...points, [box.x - box.w / 2, box.y - box.h / 2], [box.x + box.w / 2, box.y + box.h / 2]] : points;
  const [xs, ys] = [0, 1].map((k) => corners.map((point) => point[k]));
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, w: right - left + 24, h: bottom - top + 24 };
}

function awayFrom(line, x, y) {
  let least = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = line[i - 1], dx = line[i][0] - ax, dy = line[i][1] - ay;
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(ax + t * dx - x, ay + t * dy - y));
  }
  return least;
}
