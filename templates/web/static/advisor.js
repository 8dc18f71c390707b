// Smoother where there is script; every page works without. Nothing here decides anything: the server does.
(() => {
  "use strict";
  const ask = (address, options = {}) =>
    fetch(address, { credentials: "same-origin", ...options, headers: { "X-Requested-With": "advisor" } });

  // The summary of errors takes the focus, so that it is read out and seen.
  const summary = document.getElementById("summary");
  if (summary) summary.focus();

  // Answers in writing and "I don't know": choosing one clears the other. Ticks and "none of these" likewise.
  document.addEventListener("input", (event) => {
    const field = event.target.closest("[data-question]");
    if (!field) return;
    if (event.target.matches(".choices .typed input, .choices .typed textarea") && event.target.value) {
      const known = field.querySelector("input[value=known]");
      if (known) known.checked = true;
    }
    if (event.target.matches("input[type=radio][name$='.status']") && event.target.value !== "known") {
      field.querySelectorAll(".choices .typed input, .choices .typed textarea").forEach((box) => { box.value = ""; });
    }
    if (event.target.matches("input[type=checkbox]") && event.target.checked) {
      const apart = ["none", "unknown", "not_applicable"];
      const alone = apart.includes(event.target.value);
      field.querySelectorAll("input[type=checkbox]").forEach((box) => {
        if (box !== event.target && (alone || apart.includes(box.value))) box.checked = false;
      });
    }
  });

  // Autosave: a moment after typing, at once after a choice, and when the page is left. One request at a time; what was
  // typed meanwhile goes with the next, and what could not be sent is tried again. The note never says more than is true.
  document.querySelectorAll("form[data-autosave]").forEach((form) => {
    const note = form.querySelector("[data-saved]");
    let unsaved = false, running = false, again = false, leaving = false, timer = 0;
    const typing = (field) => field.contains(document.activeElement) && document.activeElement.matches(".typed input, .typed textarea");
    const say = (text, bad) => { note.textContent = text; note.classList.toggle("bad", bad); };
    const show = (state) => {
      Object.entries(state.marks).forEach(([name, mark]) => { form.elements[`${name}.was`].value = mark; });
      Object.entries(state.notes).forEach(([name, mark]) => { form.elements[`${name}.note.was`].value = mark; });
      let held = false;
      form.querySelectorAll("[data-question]").forEach((field) => {
        const name = field.dataset.question, problem = field.querySelector("[data-problem]");
        field.hidden = !state.asked.includes(name);
        if (!state.problems[name]) { field.classList.remove("wrong"); problem.hidden = true; }
        else if (typing(field)) held = true;
        else { field.classList.add("wrong"); problem.hidden = false; problem.textContent = state.problems[name]; }
      });
      document.querySelectorAll("[data-progress]").forEach((text) => { text.textContent = state.progress; });
      document.querySelectorAll(".progress progress").forEach((bar) => { bar.max = state.total || 1; bar.value = state.answered; });
      say(held ? "" : state.note, Object.keys(state.problems).length > 0);
    };
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
    const save = async () => {
      clearTimeout(timer);
      if (running) { again = true; return; }
      running = true; unsaved = false;
      try {
        const answer = await ask(form.action, { method: "POST", body: new FormData(form) });
        if (answer.redirected || answer.status === 403 || answer.status === 410) { unsaved = true; say(form.dataset.gone, true); }
        else if (!answer.ok) throw new Error(answer.status);
        else if (!leaving) show(await answer.json());
      } catch { unsaved = true; if (!leaving) { say(form.dataset.failed, true); later(5000); } }
      running = false;
      if (again) { again = false; save(); }
    };
    form.addEventListener("input", (event) => {
      unsaved = true;
      if (event.target.matches(".typed input, .typed textarea")) { if (!running) say("", false); later(800); }
    });
    form.addEventListener("change", save);
    form.addEventListener("submit", () => { leaving = true; });
    addEventListener("pageshow", () => { leaving = false; });
    addEventListener("online", () => { if (unsaved) save(); });
    addEventListener("pagehide", () => {
      if ((unsaved || running) && !leaving) ask(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
    });
  });

  // What if: the outcome follows each change.
  document.querySelectorAll("form[data-live]").forEach((form) => {
    const place = document.getElementById(form.dataset.live);
    let last = 0;
    form.addEventListener("change", async (event) => {
      if (event.target.name === "more") return;
      const mine = ++last;
      const answer = await ask(form.action, { method: "POST", body: new FormData(form) });
      const said = await answer.text();
      if (answer.ok && mine === last) place.innerHTML = said;
    });
  });

  // The switch of language keeps the place on the page, too.
  document.querySelectorAll("a.language, header a.other").forEach((link) => {
    link.addEventListener("click", () => { link.hash = location.hash; });
  });

  // A report being drawn: look every second, fetch it when it is ready.
  const job = document.querySelector("[data-job]");
  const bar = job && job.querySelector("progress");
  if (bar) {
    const refresh = document.querySelector("meta[http-equiv=refresh]");
    if (refresh) refresh.remove();
    const look = async () => {
      try {
        const state = await (await ask(job.dataset.job)).json();
        if (state.state === "ready" || state.state === "failed") { location.reload(); return; }
        bar.max = state.usual;
        bar.value = Math.min(state.seconds, state.usual * 0.97);
        job.querySelector("[data-said]").textContent = state.said;
      } catch { /* the next look may do better */ }
      setTimeout(look, 1000);
    };
    setTimeout(look, 700);
  }

  // Links: copying is offered where the browser can.
  document.querySelectorAll("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      button.textContent = button.dataset.done;
    });
  });

  // The contents stand open where there is room beside the page, tables behind charts on paper: by style where the browser can.
  const side = document.querySelector(".side > details");
  if (side && matchMedia("(min-width: 60.01rem)").matches) side.open = true;
  if (!CSS.supports("selector(::details-content)")) {
    addEventListener("beforeprint", () => {
      document.querySelectorAll("figure details").forEach((table) => { table.open = true; });
    });
  }
})();
