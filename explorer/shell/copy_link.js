// The right end of the frame: a link to the view, and the choice of light, dark or as the system.
// The address holds the whole view, so that copying the address copies the view.
const SHOWN = 1600;

// The icon of the page is set here too, once: for Streamlit's own way the server would load NumPy and Pillow before the first page.
// As points: at every change of the address the browser asks for it again, and would read a drawing anew as a document of its own.
const ICON = "data:image/svg+xml,ICON.SVG", SIDE = 64; // frame.py puts the picture in
const link = document.querySelector('link[rel~="icon"]'), drawing = new Image(SIDE, SIDE);
drawing.onload = () => {
  const points = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  points.getContext("2d").drawImage(drawing, 0, 0, SIDE, SIDE);
  link.href = points.toDataURL();
};
if (link) drawing.src = ICON;

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const box = document.createElement("textarea"); // plain http on another machine: no clipboard interface
  box.value = text;
  box.style.position = "fixed";
  box.style.opacity = "0";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (!done) throw new Error("refused");
}

// ---- light, dark, as the system --------------------------------------------------------------------------------------

// Streamlit has this choice in a menu of its own, follows it at once and keeps it in the browser for this address; the menu lies far from
// here and says "Main menu", so it is out of sight (style.css) and pressed from here. Were it ever gone, the choice is kept all the same.
const KEPT = `stActiveTheme-${location.pathname}-v2`, NAMES = ["System", "Light", "Dark"];
const part = (name) => document.querySelector(`[data-testid="${name}"]`);
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

function kept() {
  try {
    const name = JSON.parse(localStorage.getItem(KEPT));
    return NAMES.includes(name) ? name : NAMES[0];
  } catch {
    return NAMES[0];
  }
}

function keep(name) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(name));
  } catch { } // a browser that keeps nothing: the choice holds until the page is left
}

async function take(name) {
  keep(name); // whatever is drawn meanwhile reads it
  part("stMainMenuButton")?.click();
  for (let tries = 0; tries < 60 && !part(`stMainMenuItem-theme-${name}`); tries++) await frame();
  const item = part(`stMainMenuItem-theme-${name}`);
  item?.click();
  if (item) return part("stMainMenuButton")?.click();
  location.reload();
}

function offer(select) {
  const box = select.closest("[data-chosen]"), mark = () => { box.dataset.chosen = select.value; };
  select.value = kept();
  mark();
  select.onchange = () => { mark(); take(select.value).then(() => select.focus()); tell(); };
}

// What Python paints in colours of its own, a chart for one, is drawn again when the page has turned.
const scheme = () => getComputedStyle(part("stApp")).colorScheme;
let known, send;

async function tell() {
  for (let tries = 0; tries < 60 && scheme() === known; tries++) await frame();
  if (scheme() === known) return;
  known = scheme();
  send("turned", known);
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (send) tell(); });

// The address bears the guideline's name even where the reader has not gone anywhere yet: elsewhere another one may come first.
function named(guideline) {
  const url = new URL(window.location.href);
  if (guideline && !url.searchParams.has("g")) url.searchParams.set("g", guideline);
  return url.href;
}

export default function ({ data, parentElement, setTriggerValue }) {
  send = setTriggerValue;
  known ??= scheme();
  parentElement.querySelector(".ew-title").textContent = data.title;
  offer(parentElement.querySelector("select"));
  const button = parentElement.querySelector("button"), say = parentElement.querySelector(".ew-say");
  button.onclick = () =>
    copy(named(data.guideline))
      .then(() => { say.textContent = data.said; })
      .catch(() => { say.textContent = "Copy it from the address bar"; })
      .finally(() => {
        say.classList.add("ew-said"); // in sight on a phone too, where the sign alone has room
        setTimeout(() => { say.textContent = "Copy link"; say.classList.remove("ew-said"); }, SHOWN);
      });
}
