"use strict";
// Searches the index that the page carries; asks nothing of anybody. Every word of the query has to be in an entry.
(function () {
  const most = 200, shown = 200;
  const names = JSON.parse(document.getElementById("names").textContent);
  const entries = JSON.parse(document.getElementById("entries").textContent);
  const count = document.getElementById("count");
  const list = document.getElementById("found");
  const field = document.querySelector("input[name=q]");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const searched = entries.map((entry) => plain(entry[1] + " " + entry[2] + " " + entry[3]));

  function rank(index, words) {
    const title = plain(entries[index][2]);
    if (plain(entries[index][1]) === words.join(" ")) return 0;
    return words.every((word) => title.includes(word)) ? 1 : 2;
  }

  function show() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    list.textContent = "";
    count.textContent = "";
    if (!words.length) return;
    const hits = [];
    searched.forEach((text, index) => { if (words.every((word) => text.includes(word))) hits.push(index); });
    hits.sort((a, b) => rank(a, words) - rank(b, words) || a - b);
    for (const index of hits.slice(0, most)) {
      const [page, anchor, title, said] = entries[index];
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = page + ".html#" + encodeURIComponent(anchor);
      link.textContent = title;
      const where = document.createElement("small");
      where.textContent = " " + names[page];
      const text = document.createElement("p");
      text.textContent = said.length > shown ? said.slice(0, shown) + "…" : said;
      item.append(link, where, text);
      list.append(item);
    }
    count.textContent = hits.length ? count.dataset.more.replace("{count}", hits.length) : count.dataset.none;
  }

  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", show);
  show();
})();
