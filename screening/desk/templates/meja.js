// The desk works without this script. With it: drafts are saved while typing, keys work, figures stay live.
"use strict";
(() => {
  const body = document.body, form = document.getElementById("putusan-kasus");
  const typing = (el) => el && (el.matches("textarea, select, input:not([type=checkbox]):not([type=radio])") || el.isContentEditable);
  const problems = document.getElementById("masalah");
  if (problems) problems.focus();

  // Drafts.
  if (form && !("closed" in form.dataset)) {
    const told = document.getElementById("tersimpan"), undo = document.getElementById("urung");
    let timer = 0, busy = false, again = false, dirty = false, active = Date.now(), seconds = 0, leaving = false;
    const say = (text, bad) => { told.textContent = text; told.classList.toggle("bad", Boolean(bad)); };
    const tick = () => { const now = Date.now(); if (now - active < 60000 && document.visibilityState === "visible") seconds += 5; };
    setInterval(tick, 5000);
    ["keydown", "pointerdown", "scroll"].forEach((name) => addEventListener(name, () => { active = Date.now(); }, { passive: true }));
    const spent = () => { const whole = Math.round(seconds); seconds -= whole; return whole; };
    const save = async () => {
      if (busy) { again = true; return; }
      busy = true; dirty = false;
      say(form.dataset.saving);
      const sent = spent();
      form.elements.detik.value = sent;
      const send = () => fetch(form.dataset.save, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" });
      try {
        let answer = await send();
        if (answer.status === 401 || answer.status === 403) {
          // The visit ended. Whoever has logged in again in another window goes on here; nobody else does.
          const visit = await fetch("/sesi.json", { redirect: "manual" });
          const known = visit.ok ? await visit.json() : {};
          if (known.who !== form.dataset.who) throw new Error(form.dataset.login);
          for (const one of document.querySelectorAll("input[name=csrf]")) one.value = known.csrf;
          answer = await send();
        }
        const said = await answer.json().catch(() => ({}));
        if (!answer.ok) throw new Error(said.why || form.dataset.offline);
        form.elements.versi.value = said.version;
        undo.disabled = !said.undo;
        say(form.dataset.saved.replace("{time}", said.time));
      } catch (error) {
        dirty = true; seconds += sent;
        const why = error instanceof TypeError ? form.dataset.offline : error.message;
        say(form.dataset.unsaved.replace("{why}", why), true);
        if (!again) setTimeout(() => { if (dirty) save(); }, 5000);
      }
      busy = false;
      if (again) { again = false; save(); }
    };
    form.addEventListener("input", () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, Number(form.dataset.wait)); });
    form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); form.elements.detik.value = spent(); });
    addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });
    addEventListener("pagehide", () => { if (dirty && !leaving) navigator.sendBeacon(form.dataset.save, new URLSearchParams(new FormData(form))); });
  }

  // Live figures.
  const live = document.querySelector("[data-live]");
  if (live) setInterval(async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(live.dataset.live, { redirect: "error" });
      if (!answer.ok) return;
      const said = await answer.json();
      if (live.textContent !== said.text) live.textContent = said.text;
    } catch { /* the next one may do */ }
  }, 10000);

  // Keys; single letters can be switched off (WCAG 2.1.4).
  const toggle = document.querySelector("[data-keys]"), help = document.querySelector("[data-help]"), list = document.getElementById("pintasan");
  if (!toggle) return;
  let on = true;
  try { on = localStorage.getItem("meja-pintasan") !== "mati"; } catch { /* without storage they are on */ }
  const show = () => { toggle.textContent = on ? toggle.dataset.on : toggle.dataset.off; toggle.setAttribute("aria-pressed", String(on)); };
  toggle.hidden = help.hidden = false;
  toggle.addEventListener("click", () => { on = !on; try { localStorage.setItem("meja-pintasan", on ? "hidup" : "mati"); } catch { /* for this page only */ } show(); });
  help.addEventListener("click", () => list.showModal());
  show();
  const go = (place) => { if (place) location.assign(place); };
  const deeds = [...document.querySelectorAll(".deed")];
  const current = () => deeds.findIndex((one) => one.contains(document.activeElement));
  const press = (el) => { if (el && !el.disabled) el.click(); };
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      event.preventDefault(); press(form.querySelector("button.main")); return;
    }
    if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(document.activeElement) || list.open) return;
    const key = event.key.toLowerCase();
    if (/^[1-6]$/.test(key) && form) { const one = document.getElementById("v" + key); if (one) { one.focus(); press(one); } }
    else if (key === "a" && form) { const one = document.getElementById("alasan"); if (one) one.focus(); }
    else if ((key === "j" || key === "k") && deeds.length) {
      const at = current() + (key === "j" ? 1 : -1), one = deeds[Math.max(0, Math.min(deeds.length - 1, at))];
      one.focus({ preventScroll: true }); one.scrollIntoView({ block: "start" });
    }
    else if (key === "x" && deeds.length) press((deeds[current()] || deeds[0]).querySelector("input[type=checkbox]:not(:disabled)"));
    else if (key === "z") press(document.getElementById("urung"));
    else if (key === "n") go(body.dataset.next || body.dataset.first);
    else if (key === "p") go(body.dataset.previous);
    else if (key === "q") go(body.dataset.queue);
    else if (event.key === "?") list.showModal();
    else return;
    event.preventDefault();
  });
})();
