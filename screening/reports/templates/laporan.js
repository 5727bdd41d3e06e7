// The findings list: data are drawn only when they are seen, so ten thousand findings stay smooth.
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const all = data.findings;
  const PAGE = 25, PRINT_LIMIT = 200;
  const DECISION_COLUMNS = ["id_temuan", "putaran", "sidik_baris", "kode_perbuatan", "versi_aturan", "putusan",
    "kode_perbuatan_koreksi", "catatan", "penelaah", "tanggal_telaah", "benturan_kepentingan"];
  const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
  let view = all, page = 0;
  const opened = new Set();
  const together = new Map(); // one activity can match several acts: its rows know each other
  for (const item of all) together.set(item.activity, [...(together.get(item.activity) ?? []), item]);

  // --- small builders -------------------------------------------------------------------------------------------
  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) node.setAttribute(name, value);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }
  function svg(tag, attributes, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }
  function shown(text) { // invisible and direction-changing characters become readable
    const out = document.createDocumentFragment();
    let at = 0;
    for (const match of text.matchAll(INVISIBLE)) {
      out.append(text.slice(at, match.index));
      const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      out.append(el("span", { class: "ctl", title: "karakter tak terlihat" }, "U+" + code));
      at = match.index + match[0].length;
    }
    out.append(text.slice(at));
    return out;
  }
  const bdi = (text) => { const node = el("bdi"); node.append(shown(text ?? "")); return node; };
  function piece([text, kind, meaning]) {
    if (!kind) return shown(text);
    const node = el("mark", { class: kind === 1 ? "weak" : null, title: meaning });
    node.append(shown(text));
    return node;
  }
  const number = (value) => Number(value).toLocaleString("id-ID");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}|\p{Cf}/gu, "").toLowerCase();

  // --- decisions: kept in this browser until downloaded or deleted --------------------------------------------------
  const key = "telaah:" + data.run + ":" + (all[0]?.print ?? "") + ":" + all.length;
  let decisions = {};
  try { decisions = JSON.parse(localStorage.getItem(key)) ?? {}; } catch { decisions = {}; }
  try { $("reviewer").value = localStorage.getItem(key + ":penelaah") ?? ""; } catch { /* storage is off */ }
  function store() {
    try {
      localStorage.setItem(key, JSON.stringify(decisions));
      localStorage.setItem(key + ":penelaah", $("reviewer").value);
      tally("disimpan di peramban ini");
    } catch { tally("belum disimpan: peramban melarang penyimpanan, unduh sebelum menutup halaman"); }
  }
  function tally(where) {
    const states = all.map((item) => lacking(item));
    const done = states.filter((lack) => lack !== null && !lack.length).length;
    const half = states.filter((lack) => lack?.length).length;
    $("saved").textContent = `${number(done)} putusan lengkap` + (half ? `, ${number(half)} belum lengkap` : "") + ` (${where}).`;
  }
  function lacking(item) { // null: untouched; [] : complete; otherwise what is missing
    const made = decisions[item.id];
    if (!made || !(made.putusan || made.catatan || made.benturan)) return null;
    if (made.benturan && !made.putusan) return $("reviewer").value.trim() ? [] : ["nama penelaah"];
    const lack = [];
    if (!made.putusan) lack.push("putusan");
    if (!made.butir || (data.none.includes(made.butir) && made.putusan === "LAYAK KLARIFIKASI")) lack.push("butir");
    if (!/\p{L}/u.test(made.catatan ?? "")) lack.push("alasan"); // the import asks for words too
    if (!$("reviewer").value.trim()) lack.push("nama penelaah");
    return lack;
  }
  const today = () => { const d = new Date(); return [d.getFullYear(), d.getMonth() + 1, d.getDate()].map((n) => String(n).padStart(2, "0")).join("-"); };
  function decisionRows() {
    const rows = all.filter((item) => lacking(item)?.length === 0).map((item) => {
      const made = decisions[item.id];
      return [item.id, item.round, item.print, item.act, item.rules, made.putusan ?? "", made.putusan ? made.butir : "", made.catatan ?? "",
        $("reviewer").value.trim(), made.tanggal ?? today(), made.benturan ? "YA" : "TIDAK"];
    });
    return [DECISION_COLUMNS, ...rows];
  }
  function download() {
    const rows = decisionRows();
    if (rows.length === 1) { $("saved").textContent = "Belum ada putusan lengkap untuk diunduh: perlu putusan, butir, alasan, dan nama penelaah."; return; }
    const name = $("reviewer").value.trim().normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "penelaah";
    const link = el("a", { href: URL.createObjectURL(new Blob([Sel.csv(rows)], { type: "text/csv" })), download: `telaah_${name}.csv` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    $("saved").textContent = `${number(rows.length - 1)} putusan diunduh sebagai telaah_${name}.csv; serahkan berkas itu untuk diimpor.`;
  }

  // --- one finding ------------------------------------------------------------------------------------------------
  function head(item, at) {
    const lack = lacking(item);
    const first = item.evidence[0];
    const snippet = el("span", { class: "snippet" });
    if (first) { const text = el("bdi"); text.append(...around(first[1]).map(piece)); snippet.append(text); }
    const several = together.get(item.activity);
    const counts = [several.length > 1 ? `butir ${several.indexOf(item) + 1} dari ${several.length} untuk aktivitas ini` : null, item.act + (data.acts[item.act]?.text ? " · " + data.acts[item.act].text : ""), item.sasaran, item.unit,
      item.missing.length ? `${item.missing.length} unsur belum terbukti` : null, item.for.length ? `${item.for.length} hal meringankan` : null];
    const state = el("span", { class: "state" + (lack === null ? "" : lack.length ? " half" : " done") },
      lack === null ? [item.said ? item.memory : "", item.due ? "tenggat " + item.due : ""].filter(Boolean).join(" · ") : lack.length ? "belum lengkap" : decisions[item.id].putusan || "mengundurkan diri");
    const button = el("button", { type: "button", class: "head", "aria-expanded": opened.has(item.id), "aria-controls": "b" + at, "data-id": item.id },
      el("span", { class: "rank" }, el("span", { class: "chip chip-" + item.band }, item.band), el("b", {}, String(item.score)), el("small", {}, item.result)),
      el("span", { class: "gist" }, el("span", { class: "event" }, bdi(item.event)), snippet, el("span", { class: "meta" }, bdi(counts.filter(Boolean).join(" — ")))),
      state);
    button.addEventListener("click", () => toggle(item, at));
    return el("h3", {}, button);
  }
  function around(pieces) { // the first mark with a little of what stands before it
    const at = pieces.findIndex((part) => part[1] === 2);
    if (at < 1) return pieces;
    const before = pieces.slice(0, at).map((part) => part[0]).join("");
    return before.length <= 90 ? pieces : [["… " + before.slice(-70)], ...pieces.slice(at)];
  }
  function toggle(item, at) {
    if (opened.has(item.id)) opened.delete(item.id); else opened.add(item.id);
    const old = $("i" + at);
    old.replaceWith(drawn(item, at));
    $("i" + at).querySelector(".head").focus();
  }
  function drawn(item, at) {
    const lack = lacking(item);
    const node = el("li", { class: `item ${item.band}` + (lack?.length === 0 ? " decided" : ""), id: "i" + at }, head(item, at));
    if (opened.has(item.id)) node.append(body(item, at));
    return node;
  }
  function evidence(item) {
    const out = [];
    for (const [name, pieces] of item.evidence) {
      const text = el("bdi", { dir: "auto" });
      text.append(...pieces.map(piece));
      out.push(el("p", { class: "evidence-name" }, name), el("div", { class: "evidence" }, text));
    }
    if (!out.length) out.push(el("p", { class: "empty" }, "Tidak ada teks: hanya tindakan pada akun atau konten sasaran."));
    const meanings = new Map(); // whole quotes of the reasons, then what was only noticed
    for (const [text, , quote] of item.parts) if (quote) meanings.set(quote, [quote, 2, meanings.has(quote) ? meanings.get(quote)[2] + "; " + text : text]);
    for (const [, pieces] of item.evidence) for (const [text, kind, meaning] of pieces) if (kind === 1) meanings.set(text + "\0" + meaning, [text, kind, meaning]);
    if (meanings.size) out.push(el("ul", { class: "legend", "aria-label": "Arti tanda" },
      ...[...meanings.values()].slice(0, 12).map((part) => { const li = el("li"); li.append(piece(part), " — " + part[2]); return li; })));
    return out;
  }
  function waterfall(item) {
    let sum = 0, low = 0, high = 0;
    const totals = new Map();
    for (const [, points, , kind] of item.parts) if (kind) totals.set(kind, (totals.get(kind) ?? 0) + points);
    const told = [...totals].filter(([kind, points]) => kind !== "batas" || points).map(([kind, points]) => `${kind} ${points}`).join(" + ");
    const steps = item.parts.map(([text, points, quote]) => { const from = sum; sum += points; low = Math.min(low, sum); high = Math.max(high, sum); return [text, points, quote, from]; });
    const span = Math.max(high - low, 1), x = (value) => (100 * (value - low) / span).toFixed(2) + "%";
    const signed = (points) => (points >= 0 ? "+" : "−") + Math.abs(points);
    const rows = steps.map(([text, points, quote, from]) => {
      const label = el("th", { scope: "row" });
      label.append(bdi(text.charAt(0).toUpperCase() + text.slice(1)));
      if (quote) { const q = el("q"); q.append(bdi(quote)); label.append(": ", q); }
      const left = Math.min(from, from + points), width = (100 * Math.abs(points) / span).toFixed(2) + "%";
      return el("tr", {}, label, el("td", { class: "num" }, signed(points)), el("td", { class: "plot" }, svg("svg", { "aria-hidden": "true", focusable: "false" },
        svg("line", { class: "zero", x1: x(0), x2: x(0), y1: 0, y2: 14 }),
        svg("rect", { class: text.startsWith("batas ") ? "cap" : points >= 0 ? "plus" : "minus", x: x(left), width, height: 14, rx: 2 }))));
    });
    return el("table", { class: "fall" }, el("caption", {}, "Bagaimana skor terbentuk"), el("tbody", {}, ...rows),
      el("tfoot", {}, told ? el("tr", {}, el("th", { scope: "row", colspan: 3 }, `${told} = ${item.score}`)) : "", el("tr", {}, el("th", { scope: "row" }, "Skor"), el("td", { class: "num" }, String(item.score)), el("td", { class: "meta" }, item.points !== item.score ? `poin urutan ${item.points}` : ""))));
  }
  function list(kind, title, lines, empty) {
    const items = lines.map((line) => { const li = el("li"); li.append(bdi(line)); return li; });
    return el("div", { class: kind }, el("h4", {}, title), items.length ? el("ul", {}, ...items) : el("p", { class: "small" }, empty));
  }
  function facts(pairs) {
    const out = el("dl", { class: "facts" });
    for (const [name, value] of pairs) if (value) { const dd = el("dd"); dd.append(bdi(String(value))); out.append(el("dt", {}, name), dd); }
    return out;
  }
  function body(item, at) {
    const act = data.acts[item.act] ?? {};
    const other = item.others.map((code) => code + (data.acts[code]?.text ? ": " + data.acts[code].text : "")).join("; ");
    const past = item.said || item.why ? el("p", { class: "past full" }, el("strong", {}, "Riwayat: " + item.memory + ". "),
      bdi([item.said ? "Putusan terdahulu: " + item.said + "." : "", item.why ? item.why + "." : ""].filter(Boolean).join(" "))) : null;
    return el("div", { class: "body", id: "b" + at }, past ?? "",
      el("div", {}, el("h4", {}, "Bukti"), ...evidence(item)),
      el("div", {}, waterfall(item)),
      el("div", {}, list("gap", "Yang belum terbukti", item.missing, "Semua unsur yang dapat diamati dari ekspor tampak ada; niat dan keadaan lain tetap perlu ditanyakan.")),
      el("div", {}, list("pro", "Hal yang meringankan yang bersangkutan", item.for, "Tidak ada yang dikenali mesin. Itu bukan berarti tidak ada: mintalah keterangan yang bersangkutan.")),
      el("div", {}, el("h4", {}, "Butir dan dasar hukum"), facts([["Butir", item.act + (act.text ? ": " + act.text : "")], ["Dasar", item.law], ["Sasaran", item.sasaran],
        ["Status saat itu", item.status], ["Tahapan", item.phase], ["Butir lain", other],
        ["Sumber pengamatan", act.seen]])),
      el("div", {}, el("h4", {}, "Peristiwa"), facts([["Waktu", (item.when ?? "tidak diketahui") + " — " + item.clock], ["Akun", item.account], ["Keyakinan akun", item.identity],
        ["Siapa yang dapat melihat", item.seen], ["Tautan (teks)", item.link], ["Kasus", item.case], ["Id temuan", item.id], ["Id aktivitas", item.activity], ["Sumber", item.source], ["SHA-256 berkas", item.hash]])),
      decisionForm(item, at));
  }
  function decisionForm(item, at) {
    const made = decisions[item.id] ?? {};
    const verdict = el("select", { id: "v" + at }, el("option", { value: "" }, "— belum diputus —"),
      ...Object.entries(data.choices).map(([name, meaning]) => el("option", { value: name, title: meaning }, name)));
    const codes = [item.act, ...item.others, ...Object.keys(data.acts)].filter((code, i, list) => list.indexOf(code) === i);
    const act = el("select", { id: "c" + at }, el("option", { value: "" }, "— pilih butir —"),
      ...codes.map((code) => el("option", { value: code }, code + (code === item.act ? " (menurut mesin)" : ""))),
      ...data.none.map((name) => el("option", { value: name }, name + " (tidak ada butir yang cocok)")));
    const note = el("textarea", { id: "n" + at, maxlength: 4000, placeholder: "Alasan dengan kalimat sendiri" });
    const conflict = el("input", { type: "checkbox", id: "k" + at });
    const hint = el("p", { class: "hint", role: "status" });
    verdict.value = made.putusan ?? ""; act.value = made.butir ?? ""; note.value = made.catatan ?? ""; conflict.checked = Boolean(made.benturan);
    const change = () => {
      decisions[item.id] = { putusan: verdict.value, butir: act.value, catatan: note.value, benturan: conflict.checked, tanggal: today() };
      if (!verdict.value && !act.value && !note.value && !conflict.checked) delete decisions[item.id];
      tell(); store();
      $("i" + at)?.querySelector("h3").replaceWith(head(item, at));
    };
    const tell = () => {
      const lack = lacking(item);
      hint.className = "hint" + (lack === null ? "" : lack.length ? " bad" : " good");
      hint.textContent = lack === null ? (data.choices[verdict.value] ?? "Pilih putusan, butir, dan tulis alasan. Ketiganya wajib.")
        : lack.length ? "Belum lengkap: " + lack.join(", ") + "." : "Lengkap. " + (data.choices[verdict.value] ?? "");
    };
    for (const field of [verdict, act, conflict]) field.addEventListener("change", change);
    let typing = 0; // kept while it is typed, not only when the field is left
    note.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(change, 300); });
    for (const event of ["change", "blur"]) note.addEventListener(event, () => { clearTimeout(typing); change(); });
    tell();
    const others = together.get(item.activity).filter((other) => other !== item);
    const copy = others.length ? el("button", { type: "button", class: "copy" },
      `Pakai putusan dan alasan ini juga untuk ${others.map((other) => other.act).join(", ")} (aktivitas yang sama)`) : null;
    copy?.addEventListener("click", () => {
      for (const other of others) decisions[other.id] = { ...decisions[item.id], butir: data.none.includes(decisions[item.id]?.butir) ? decisions[item.id].butir : other.act, tanggal: today() };
      store(); draw();
      document.querySelector(`.head[data-id="${CSS.escape(item.id)}"]`)?.focus();
    });
    const form = el("fieldset", { class: "decision full" }, el("legend", {}, "Putusan penelaah"),
      el("label", { for: verdict.id }, "Putusan", verdict), el("label", { for: act.id }, "Butir menurut penelaah", act),
      el("label", { class: "note", for: note.id }, "Alasan", note),
      el("label", { class: "check note", for: conflict.id }, conflict, "Saya satu unit, kerabat, atau berselisih dengan yang bersangkutan; saya mengundurkan diri dari baris ini."), hint, copy);
    form.addEventListener("tell", tell);
    return form;
  }

  // --- search, filter, sort, pages ------------------------------------------------------------------------------------
  let folded = null;
  function searchable() {
    folded ??= all.map((item) => fold([item.id, item.event, item.unit, item.sasaran, item.act, item.account, item.case, item.link,
      ...item.evidence.map(([, pieces]) => pieces.map((part) => part[0]).join(""))].filter(Boolean).join(" \n ")));
    return folded;
  }
  const selects = [...document.querySelectorAll("#filters select[data-key]")];
  for (const select of selects) {
    const values = new Map();
    for (const item of all) { const value = item[select.dataset.key]; if (value) values.set(value, (values.get(value) ?? 0) + 1); }
    const ordered = select.dataset.key === "band" ? ["DIDAHULUKAN", "BERIKUTNYA", "KEMUDIAN"].filter((band) => values.has(band)) : [...values.keys()].sort((a, b) => a.localeCompare(b, "id"));
    for (const value of ordered) select.append(el("option", { value }, `${value} (${number(values.get(value))})`));
  }
  $("f-memory").closest("label").hidden = !all.some((item) => item.memory);
  const later = (a, b) => (a || "9") < (b || "9") ? -1 : (a || "9") > (b || "9") ? 1 : 0;
  const orders = {
    order: null, due: (a, b) => later(a.due, b.due), old: (a, b) => later(a.day, b.day), new: (a, b) => (!a.day || !b.day ? later(a.day, b.day) : later(b.day, a.day)),
    who: (a, b) => a.who.localeCompare(b.who, "id"), unit: (a, b) => later(a.unit, b.unit),
  };
  function apply() {
    const words = fold($("q").value).split(/\s+/).filter(Boolean);
    const texts = words.length ? searchable() : [];
    const wanted = selects.filter((select) => select.value);
    const state = $("f-state").value, from = $("f-from").value, to = $("f-to").value;
    view = all.filter((item, at) => wanted.every((select) => item[select.dataset.key] === select.value)
      && words.every((word) => texts[at].includes(word))
      && (!from || (item.day && item.day >= from)) && (!to || (item.day && item.day <= to))
      && (!state || (lacking(item)?.length === 0) === (state === "done")));
    const order = orders[$("sort").value];
    if (order) view = view.slice().sort(order); // stable: equal ones keep the order of work
    page = 0;
    draw();
  }
  function draw() {
    const begin = page * PAGE, part = view.slice(begin, begin + PAGE);
    $("list").replaceChildren(...part.map((item, at) => drawn(item, begin + at)));
    $("list").start = begin + 1;
    $("found").textContent = view.length ? `${number(view.length)} dari ${number(all.length)} baris cocok; tampil ${number(begin + 1)}–${number(begin + part.length)}.` : (all.length ? "Tidak ada baris yang cocok dengan saringan." : "Tidak ada temuan dalam proses ini.");
    const last = Math.max(0, Math.ceil(view.length / PAGE) - 1);
    const move = (label, to, off) => { const b = el("button", { type: "button" }, label); b.disabled = off; b.addEventListener("click", () => { page = to; draw(); $("temuan").scrollIntoView(); $("list").querySelector(".head")?.focus({ preventScroll: true }); }); return b; };
    $("pager").replaceChildren(...(last ? [move("« Awal", 0, page === 0), move("‹ Sebelumnya", page - 1, page === 0), el("span", {}, `Halaman ${number(page + 1)} dari ${number(last + 1)}`), move("Berikutnya ›", page + 1, page === last), move("Akhir »", last, page === last)] : []));
  }
  let waiting = 0;
  $("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 150); });
  $("filters").addEventListener("change", (event) => { if (event.target !== $("q")) apply(); });
  $("filters").addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  $("filters").addEventListener("reset", () => setTimeout(apply, 0));
  for (const button of document.querySelectorAll(".case-link")) button.addEventListener("click", () => {
    HTMLFormElement.prototype.reset.call($("filters")); // a button of the form is called reset, too
    $("q").value = button.dataset.case;
    setTimeout(() => { apply(); $("temuan").scrollIntoView(); $("list").querySelector(".head")?.focus({ preventScroll: true }); }, 0);
  });
  $("printed").textContent = new Date().toLocaleDateString("id-ID", { day: "numeric", month: "long", year: "numeric" });
  window.addEventListener("beforeprint", () => { $("printed").textContent = new Date().toLocaleDateString("id-ID", { day: "numeric", month: "long", year: "numeric" }); });
  let naming = 0;
  $("reviewer").addEventListener("input", () => { clearTimeout(naming); naming = setTimeout(store, 300); });
  $("reviewer").addEventListener("change", () => { // what is open stays open: somebody may already be typing in it
    store();
    for (const node of $("list").querySelectorAll(".item")) {
      const at = Number(node.id.slice(1));
      node.querySelector("h3").replaceWith(head(view[at], at));
      node.querySelector(".decision")?.dispatchEvent(new Event("tell"));
    }
  });
  $("download").addEventListener("click", download);
  $("print").addEventListener("click", () => window.print());
  $("forget").addEventListener("click", () => {
    if (!window.confirm("Hapus semua putusan yang tersimpan di peramban ini? Yang sudah diunduh tidak terhapus.")) return;
    decisions = {};
    try { localStorage.removeItem(key); localStorage.removeItem(key + ":penelaah"); } catch { /* storage is off */ }
    $("reviewer").value = "";
    draw();
    $("saved").textContent = "Putusan dihapus dari peramban ini.";
  });
  $("list").addEventListener("keydown", (event) => { // arrows move between findings
    if (!event.target.classList.contains("head") || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const heads = [...$("list").querySelectorAll(".head")];
    const next = heads[heads.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  });
  window.addEventListener("beforeprint", () => { // paper shows what is filtered, not only the page on the screen
    const part = view.slice(0, PRINT_LIMIT);
    $("list").replaceChildren(...part.map((item, at) => drawn(item, at)));
    if (view.length > part.length) $("list").append(el("li", { class: "notice" }, `Dicetak ${number(part.length)} dari ${number(view.length)} baris yang cocok; persempit saringan untuk sisanya.`));
  });
  window.addEventListener("afterprint", draw);
  $("more").open = window.matchMedia("(min-width: 761px)").matches;
  $("app").hidden = false;
  tally("disimpan di peramban ini");
  draw();
})();
