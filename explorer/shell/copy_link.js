// The address holds the whole view, so that copying the address copies the view.
const SHOWN = 1600;

// The icon of the page is set here too, once: for Streamlit's own way the server would load NumPy and Pillow before the first page.
const ICON = "data:image/svg+xml,ICON.SVG"; // frame.py puts the picture in
const link = document.querySelector('link[rel~="icon"]');
if (link) link.href = ICON;

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

export default function ({ data, parentElement }) {
  parentElement.querySelector(".ew-title").textContent = data.title;
  const button = parentElement.querySelector("button"), say = parentElement.querySelector(".ew-say");
  button.onclick = () =>
    copy(window.location.href)
      .then(() => { say.textContent = "Copied"; })
      .catch(() => { say.textContent = "Copy it from the address bar"; })
      .finally(() => {
        say.classList.add("ew-said"); // in sight on a phone too, where the sign alone has room
        setTimeout(() => { say.textContent = "Copy link"; say.classList.remove("ew-said"); }, SHOWN);
      });
}
