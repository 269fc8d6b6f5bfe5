// An address to give out, of a case or of a draft: this app's own, with other parameters. Shown as well, for those who would rather mark it and copy.
const SHOWN = 1600;

async function copy(text, box) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  box.select(); // plain http on another machine: no clipboard interface
  if (!document.execCommand("copy")) throw new Error("refused");
}

export default function ({ data, parentElement }) {
  const address = new URL(window.location.href);
  address.search = data.query;
  address.hash = "";
  const box = parentElement.querySelector("input"), button = parentElement.querySelector("button"), say = parentElement.querySelector(".say");
  const long = `${address.href.length.toLocaleString("en-GB")} characters`;
  box.value = address.href;
  box.setAttribute("aria-label", data.label);
  button.textContent = data.button;
  box.onfocus = () => box.select();
  say.textContent = long;
  button.onclick = () =>
    copy(address.href, box)
      .then(() => { say.textContent = "Copied"; })
      .catch(() => { box.select(); say.textContent = "Press Ctrl+C"; })
      .finally(() => { setTimeout(() => { say.textContent = long; }, SHOWN); });
}
