// The hand-out's own part of its script: shows one step or edge at a time, keeps it in the address, walks by arrow keys.
// Stands after `load` and `draw`, the modules of vis-network and of the canvas, `sheet`, the canvas' own style, and `along`, in one function.

const find = (name) => document.querySelector(`[data-edgewise="${name}"]`);
const whole = document.documentElement, panel = find("panel"), said = find("said"), home = document.querySelector(".ew-whole").id;
const data = JSON.parse(find("data").textContent), { nodes, edges } = data.scene, title = document.title;
const parts = new Map([...document.querySelectorAll(".ew-part")].map((part) => [part.id, part]));
const narrow = matchMedia("(max-width: 900px)"), dark = matchMedia("(prefers-color-scheme: dark)");
const hidden = new Set(), frame = document.querySelector(".ew-canvas").attachShadow({ mode: "open" }); // as in the app: the canvas' style is its own
let current = "", came = "", seen = ""; // what is shown; the edge by which its step was come to; the address that was shown

// ---- what is shown ---------------------------------------------------------------------------------------------------

function asked() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

// Shown at once: the browser tells of a new address later, and the next key may come before that.
function go(id) {
  location.hash = encodeURIComponent(id).replaceAll("%2F", "/");
  show();
}

function show({ begun = false } = {}) {
  const id = asked(), part = parts.get(id);
  seen = location.hash;
  if (edges.some((edge) => edge.id === current && edge.to === id)) came = current;
  current = part ? id : "";
  for (const one of parts.values()) one.classList.toggle("ew-on", one === part);
  whole.classList.toggle("ew-one", Boolean(part));
  document.title = part ? `${part.querySelector("h2").textContent} – ${title}` : title;
  paint();
  bring(part ?? [...panel.children].find((section) => section.id && section.id === id), begun);
  if (!begun) said.textContent = part ? told(part) : "Overview";
}

function told(part) {
  const kind = nodes.some((node) => node.id === part.id) ? "Step" : "Edge";
  return `${kind}: ${part.querySelector("h2").textContent}. Evidence: ${part.querySelector(".ew-state > strong").lastChild.textContent.trim()}.`;
}

// Into sight, and under the reader's keys: on a wide screen the panel scrolls, on a narrow one the page.
function bring(element, begun) {
  if (!element) return;
  if (!parts.has(element.id)) element.scrollIntoView({ block: "start" });
  else if (narrow.matches) panel.scrollIntoView({ block: "start" });
  else panel.scrollTo(0, 0);
  if (!begun) element.querySelector("h2").focus({ preventScroll: true });
}

// ---- the drawing -----------------------------------------------------------------------------------------------------

function paint() {
  const outside = [".ew-top", ".ew-foot"].reduce((sum, part) => sum + document.querySelector(part).offsetHeight, 0);
  whole.style.setProperty("--ew-top", `${document.querySelector(".ew-top").offsetHeight}px`);
  const crowded = frame.host.clientWidth < 600; // where the drawing is cut off at the sides, the marks of silence would hide lanes
  const view = JSON.stringify({ ...data.view, ghosts: crowded ? [] : data.view.ghosts, selected: current, hidden: [...hidden] });
  const sent = { scene: JSON.stringify(data.scene), hash: data.hash, view, height: 320, around: outside + 20 };
  draw({ data: sent, parentElement: frame, setTriggerValue: (_, event) => hear(event) });
}

function hear({ kind, id }) {
  if (kind === "legend") {
    if (!hidden.delete(id)) hidden.add(id);
    paint();
  } else if (id) go(id);
  else if (current && !narrow.matches) go(home); // on a phone the ground is touched to scroll
}

// ---- keys ------------------------------------------------------------------------------------------------------------

function press(event) {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === "Escape" && document.querySelector(":popover-open")) return; // it closes what is open first
  const id = event.key === "Escape" ? home : event.key.startsWith("Arrow") ? along(data.scene, event.key, { current, came, home }) : null;
  if (id) {
    event.preventDefault();
    go(id);
  } else if (id === undefined && current) said.textContent = "No way leads on from here.";
}

// Where the drawing stands above the panel, the panel is pushed down when the drawing has its height: bring what was asked for into sight again.
function keep(until = performance.now() + 4000) {
  if (frame.firstElementChild.edgewise?.ready()) bring(parts.get(current), true);
  else if (performance.now() < until) requestAnimationFrame(() => keep(until));
}

// ---- beginning -------------------------------------------------------------------------------------------------------

function begin() {
  load();
  const root = document.createElement("div"), own = new CSSStyleSheet();
  root.className = "ew-root";
  root.dataset.edgewise = "canvas";
  own.replaceSync(sheet);
  frame.adoptedStyleSheets = [own];
  frame.append(root);
  history.scrollRestoration = "manual";
  for (const heading of panel.querySelectorAll("h2")) heading.tabIndex = -1;
  const up = document.createElement("button");
  up.type = "button";
  up.className = "ew-up";
  up.textContent = "↑ Drawing";
  up.addEventListener("click", () => scrollTo(0, 0));
  document.querySelector(".ew-back").append(up);
  addEventListener("resize", paint); // before the canvas listens: it reckons with what is told here
  addEventListener("hashchange", () => { if (location.hash !== seen) show(); });
  document.addEventListener("keydown", press);
  dark.addEventListener("change", paint);
  whole.classList.add("ew-live");
  show({ begun: true });
  addEventListener("load", () => setTimeout(keep)); // after the browser has itself gone to the place in the address
  setTimeout(() => whole.classList.toggle("ew-undrawn", !frame.firstElementChild.edgewise?.ready()), 4000); // the picture stays, links and all
}

begin();
