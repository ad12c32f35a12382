// A citation opens its passage beside the text. Without this script its link leads there.
(() => {
  const dialog = document.getElementById("passage");
  if (!dialog || !dialog.showModal) return;
  const title = document.getElementById("passage-title");
  const body = document.getElementById("passage-text");
  const link = document.getElementById("passage-link");
  document.addEventListener("click", (event) => {
    const cite = event.target.closest("a.cite");
    if (!cite || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const id = cite.getAttribute("href").slice(1);
    const marks = [...document.querySelectorAll("article mark[data-passage]")].filter((mark) =>
      mark.dataset.passage.split(" ").includes(id));
    if (!marks.length) return;
    event.preventDefault();
    const report = marks[0].closest("article");
    title.textContent = report.querySelector("h3").textContent;
    body.replaceChildren(...[...new Set(marks.map((mark) => mark.closest("p")))].map(copy));
    for (const mark of body.querySelectorAll("mark")) {
      if (!mark.dataset.passage.split(" ").includes(id)) mark.replaceWith(...mark.childNodes);
    }
    link.href = "#" + id;
    dialog.showModal();
  });
  const copy = (paragraph) => {
    const made = paragraph.cloneNode(true);
    for (const named of made.querySelectorAll("[id]")) named.removeAttribute("id");
    return made;
  };
  link.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
})();
