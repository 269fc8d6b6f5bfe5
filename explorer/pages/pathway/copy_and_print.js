// The patient summary on the clipboard as plain text, or on paper: the browser prints the page, whose style sheet leaves only the summary.
const SHOWN = 2400;

async function copy(text, box) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  box.value = text; // plain http on another machine: no clipboard interface
  box.select();
  if (!document.execCommand("copy")) throw new Error("refused");
}

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name), say = find(".say");
  const tell = (told) => {
    say.textContent = told;
    setTimeout(() => { say.textContent = ""; }, SHOWN);
  };
  find(".copy").onclick = () =>
    copy(data.text, find("textarea"))
      .then(() => tell("Copied"))
      .catch(() => tell("The browser refused; take a file instead"));
  find(".print").onclick = () => window.print();
}
