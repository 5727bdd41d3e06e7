// Pictures beside the evidence of a finding that was opened; everything lies in the page itself.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent), shown = data.pictures ?? {};
  const of = new Map(data.findings.map((item) => [item.id, shown[item.activity] ?? []]));
  const made = (name, text) => { const node = document.createElement(name); if (text) node.textContent = text; return node; };
  function figures(pictures) {
    const box = made("div"); box.className = "pictures";
    for (const one of pictures) {
      const figure = made("figure"), words = made("figcaption");
      if (one.src) { const image = made("img"); image.src = one.src; image.alt = "Gambar kecil; tulisan yang dibaca diberi bingkai"; figure.append(image); }
      for (const line of [...one.lines, one.taken, one.note, one.file, one.sha256 ? "SHA-256 " + one.sha256 : ""]) if (line) words.append(made("div", line));
      figure.append(words); box.append(figure);
    }
    return box;
  }
  function add(body) {
    const pictures = of.get(body.closest("li")?.querySelector("button[data-id]")?.dataset.id) ?? [];
    if (pictures.length && !body.querySelector(".pictures")) body.firstElementChild.append(made("h4", "Gambar (dibaca mesin)"), figures(pictures));
  }
  const list = document.getElementById("list");
  new MutationObserver(() => list.querySelectorAll(".body").forEach(add)).observe(list, { childList: true, subtree: true });
  list.querySelectorAll(".body").forEach(add);
})();
