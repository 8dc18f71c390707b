// Filters and order for the table, which is all there without them. Nothing is loaded and nothing is written into the page
// but numbers and what is in it already.
(() => {
  "use strict";
  const form = document.getElementById("filters"), table = document.getElementById("table"), body = table.tBodies[0];
  const shown = document.getElementById("shown"), nothing = document.getElementById("nothing");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const rows = [...body.rows].map((row) => ({ row, text: plain(row.textContent) }));
  const facets = [...form.querySelectorAll("select")];

  const filter = () => {
    const words = plain(form.elements.search.value).split(/\s+/).filter(Boolean);
    const wanted = facets.filter((facet) => facet.value !== "").map((facet) => [facet.name, facet.value]);
    let count = 0;
    for (const { row, text } of rows) {
      const fits = words.every((word) => text.includes(word))
        && wanted.every(([name, value]) => (row.dataset[name] || "").split(" ").includes(value));
      row.hidden = !fits;
      count += fits;
    }
    shown.textContent = shown.dataset.text.replace("{shown}", count);
    nothing.hidden = count > 0;
    table.hidden = count === 0;
  };
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());

  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.firstChild ? cell.firstChild.textContent : "" : cell.dataset.v;
  };
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.title = head.dataset.sort;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending", sign = down ? -1 : 1;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = rows.map((entry) => [value(entry.row, column), entry.row]);
      keyed.sort(([one], [two]) => {
        if (one === "" || two === "") return (one === "") - (two === "");
        return sign * (head.dataset.kind === "text" ? order.compare(one, two) : one - two);
      });
      body.append(...keyed.map(([, row]) => row));
    });
  });

  form.hidden = false;
  filter();
})();
