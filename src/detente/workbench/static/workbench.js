// The page of the workbench. It draws nothing and words nothing by itself: it puts pieces that the
// server sends in their places, sends what a person does, and lights what belongs together.
(() => {
  const $ = (css, at = document) => at.querySelector(css);
  const $$ = (css, at = document) => [...at.querySelectorAll(css)];
  const page = Math.random().toString(36).slice(2);
  const dialog = $("#dialog");
  let key = document.body.dataset.case;
  let state = { revision: 0, claims: [], model: [], reports: [] };
  let busy = Promise.resolve();

  // ---- talking to the server -----------------------------------------------------------------

  const at = (path) => `/case/${encodeURIComponent(key)}/${path}`;
  const say = (text, bad = false) => {
    const bar = $("#said");
    bar.textContent = text;
    bar.classList.toggle("bad", bad);
  };
  async function get(path) {
    const answer = await fetch(path, { headers: { "x-detente": "1" } });
    if (!answer.ok) throw new Error((await fault(answer)) || answer.statusText);
    return answer.headers.get("content-type").includes("json") ? answer.json() : answer.text();
  }
  async function post(path, sent, raw = false) {
    const headers = { "x-detente": "1" };
    if (!raw) headers["content-type"] = "application/json";
    const answer = await fetch(path, { method: "POST", headers, body: raw ? sent : JSON.stringify(sent) });
    if (!answer.ok) throw new Error((await fault(answer)) || answer.statusText);
    return answer.json();
  }
  const fault = async (answer) => {
    const text = await answer.text();
    try { return JSON.parse(text).error; } catch { return text; }
  };
  // Changes go one after the other, so that each knows the revision it was made on.
  function change(name, given, quiet = false) {
    busy = busy.then(() => post(at("change"), { name, given, seen: state.revision, page }))
      .then(async (told) => { await take(told); if (!quiet) say(told.copied && told.revision === 1 ? `${told.what}. You work on your own copy of ${told.copied} now.` : told.what); go(told.go); return true; })
      .catch((error) => failed(error));
    return busy;
  }
  function failed(error) {
    const open = dialog && dialog.open && $(".fault", dialog);
    if (open) { open.textContent = error.message; open.hidden = false; open.scrollIntoView({ block: "nearest" }); }
    else say(error.message, true);
    return refresh().then(() => false);
  }
  const turn = (kind) => {
    busy = busy.then(() => post(at(kind), { page })).then(async (told) => { await take(told); say(told.what); }).catch(failed);
    return busy;
  };
  const refresh = () => get(at("state")).then(take).catch((error) => say(error.message, true));

  // ---- pieces in their places ----------------------------------------------------------------

  // Nothing is drawn anew under a finger or a pressed button: the click would be lost.
  let released = Promise.resolve(), release = () => {};
  document.addEventListener("pointerdown", () => { release(); released = new Promise((done) => { release = done; }); }, true);
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(release), true);
  document.addEventListener("pointermove", (event) => { if (!event.buttons) release(); }, true);
  const take = (told) => released.then(() => taken(told));

  const drawn = new Map();
  function taken(told) {
    if (told.key !== key) { key = told.key; history.replaceState(null, "", `/case/${encodeURIComponent(key)}`); listen(); }
    state = told;
    const focus = focused();
    $("#head").innerHTML = told.head;
    for (const pane of ["model", "reports"]) place($(`[data-blocks=${pane}]`), told[pane]);
    document.title = `${told.title} · détente`;
    for (const kind of ["undo", "redo"]) {
      const button = $(`#${kind}`);
      button.disabled = !told[kind];
      button.title = told[kind] ? `${kind}: ${told[kind]}` : "";
      $("span", button).textContent = told[kind] && kind === "undo" ? `Undo: ${told[kind]}` : kind[0].toUpperCase() + kind.slice(1);
    }
    refocus(focus);
    review();
    $$("[data-article]").forEach((article) => seen.observe(article));
    inSight.forEach(notes);
  }
  function place(pane, blocks) {
    const names = blocks.map(([name]) => name);
    for (const child of [...pane.children]) if (!names.includes(child.dataset.block)) { drawn.delete(child.dataset.block); child.remove(); }
    let before = null;
    for (const [name, html] of blocks) {
      let block = pane.querySelector(`:scope > [data-block="${CSS.escape(name)}"]`);
      if (!block) { block = document.createElement("div"); block.dataset.block = name; }
      if (html !== null && drawn.get(name) !== html) {
        const kept = $$("input.formula, .inline input", block).map((i) => [i.id, i.value]);
        block.innerHTML = html;
        drawn.set(name, html);
        for (const [id, value] of kept) { const i = document.getElementById(id); if (i && i !== document.activeElement && unsent.has(id)) i.value = value; }
      }
      const next = before ? before.nextSibling : pane.firstChild;
      if (next !== block) pane.insertBefore(block, next);
      before = block;
    }
  }
  // Notes in the margin stand beside their words, or below the note before them; what a note says
  // is not said again so many pixels on.
  const APART = 90;
  const inSight = new Set();
  const seen = new IntersectionObserver((all) => all.forEach((one) => {
    if (one.isIntersecting) { inSight.add(one.target); notes(one.target); } else inSight.delete(one.target);
  }));
  function notes(article) {
    if (!document.contains(article)) return void inSight.delete(article);
    const top = article.getBoundingClientRect().top;
    $$("mark.again", article).forEach((mark) => mark.classList.remove("again"));
    const all = $$("mark[data-said]", article).map((mark) => {
      const look = getComputedStyle(mark, "::before"), box = mark.getClientRects()[0];
      return box && { mark, at: box.top - top, tall: parseFloat(look.height), beside: look.position === "absolute" };
    }).filter((one) => one && one.beside);
    let free = 0;
    let last = { at: -APART };
    for (const { mark, at, tall } of all) {
      const said = mark.dataset.said;
      if (said === last.said && at < last.at + APART) { mark.classList.add("again"); continue; }
      last = { said, at };
      mark.style.setProperty("--down", `${Math.max(0, free - at)}px`);
      free = Math.max(free, at) + tall + 6;
    }
    article.style.minHeight = all.length ? `${free}px` : "";
  }
  if (key) new ResizeObserver(() => inSight.forEach(notes)).observe($("#reports"));
  const unsent = new Set();
  // What had the focus has it again, though it was drawn anew.
  function focused() {
    const el = document.activeElement;
    if (!el || el === document.body || dialog.contains(el)) return null;
    const line = el.closest("[id]");
    const same = (e) => e.tagName === el.tagName && e.className === el.className && e.textContent === el.textContent && e.dataset.move === el.dataset.move;
    return { id: el.id || (line && line.id), own: !!el.id, same, from: el };
  }
  function refocus(was) {
    if (!was || document.contains(was.from) || !was.id) return;
    const there = document.getElementById(was.id);
    if (!there) return;
    const el = was.own ? there : $$("button, input, a", there).find(was.same) || $("button, input", there);
    if (el) el.focus({ preventScroll: true });
  }
  function go(to) {
    if (!to) return;
    if (to.startsWith("claim:")) { current = to.slice(6); review(true); return; }
    const el = document.getElementById(to) || document.getElementById(`${to}-card`);
    if (!el) return;
    el.scrollIntoView({ block: "nearest" });
    el.classList.remove("moved"); void el.offsetWidth; el.classList.add("moved");
  }

  // ---- answers -------------------------------------------------------------------------------

  let source = null;
  const answers = new Map();
  function listen() {
    if (source) source.close();
    source = new EventSource(at("events"));
    source.onmessage = (event) => hear(JSON.parse(event.data));
    source.onerror = () => $("#status").textContent = "no connection to the program";
    source.onopen = () => { $("#status").textContent = ""; };
  }
  function hear(told) {
    if (told.type === "changed") { if (told.page !== page) { if (told.key && told.key !== key) { key = told.key; history.replaceState(null, "", `/case/${encodeURIComponent(key)}`); listen(); } if (told.outside) say("The file was changed in another program."); refresh(); } return; }
    if (told.type === "answer") { answer(told.answer); sum(); return; }
    if (told.type === "working") { working(told.working, true); return; }
    for (const one of told.answers) answer(one);
    working(told.working, told.busy, told);
    sum(told);
  }
  function answer(one) {
    if (one.section === "about") return;
    answers.set(one.section, one);
    const el = $(`#q-${one.section}`);
    el.classList.toggle("stale", !one.fresh);
    el.classList.toggle("ch", !!one.changed);
    el.classList.toggle("none", one.fresh && !one.answered);
    el.dataset.lines = (one.lines || []).join(" ");
    if (one.title) $(".qn", el).textContent = one.title;
    $(".chg", el).textContent = one.changed ? "changed" : "";
    const old = one.changed && one.old ? `<del>${escape(one.old)}</del> ` : "";
    const html = one.sentence ? `${old}<${one.changed ? "ins" : "span"}>${one.sentence}</${one.changed ? "ins" : "span"}>` : "…";
    if (el.shown !== html) { $(".a", el).innerHTML = html; el.shown = html; }
    if (one.fresh && !$(".dr", el).hidden && el.told !== one.mark) unfold(el);
    el.mark = one.mark;
  }
  const escape = (text) => { const p = document.createElement("p"); p.textContent = text; return p.innerHTML; };
  function working(steps, is, told = {}) {
    $("#stop").style.visibility = is ? "visible" : "hidden";
    $("#answers").setAttribute("aria-busy", is);
    const status = is ? (steps.length ? `working: ${steps.join(", ")}` : "working") : told.held ? "not answered" : told.failed || (told.stopped ? "stopped; the rest is not answered" : `answered in ${told.seconds} s`);
    $("#status").textContent = status;
  }
  let held = "";
  function sum(told) {
    if (told) held = told.held;
    $("#sum").classList.toggle("bad", !!held);
    if (held) { $("#sum").textContent = held; return; }
    const all = [...answers.values()];
    const n = all.filter((one) => one.changed).length;
    const waits = all.filter((one) => !one.fresh).length;
    const done = told && !told.busy && !told.stopped;
    if (!n && !done) { if (waits) $("#sum").textContent = `${waits} of ${all.length} answers to come`; return; }
    $("#sum").textContent = n ? `${n} ${n === 1 ? "answer" : "answers"} changed with the last change${waits ? `; ${waits} to come` : ""}` : state.undo ? "No answer changed with the last change." : `${all.filter((one) => one.answered).length} of ${all.length} questions answered`;
  }
  async function unfold(el) {
    const into = $(".dr", el);
    try {
      const told = await get(at(`answer/${el.dataset.section}`));
      into.innerHTML = told.html;
      el.told = told.mark;
      into.passages = told.passages;
      if (told.picture) {
        const p = document.createElement("p");
        p.className = "save";
        p.append("Save the drawing as");
        for (const kind of ["svg", "png"]) { const a = document.createElement("a"); a.href = at(`out/${told.picture}.${kind}`); a.download = ""; a.textContent = kind.toUpperCase(); p.append(a); }
        into.append(p);
      }
    } catch (error) { into.textContent = error.message; }
  }
  // ---- what belongs together -----------------------------------------------------------------

  let pinned = null;
  function light(el) {
    $$(".lit").forEach((e) => e.classList.remove("lit"));
    $$(".beyond").forEach((e) => e.remove());
    if (!el) return;
    const own = (el.dataset.lines || "").split(" ").filter(Boolean);
    if (!own.length) { if (el.matches("mark")) el.classList.add("lit"); return; }
    for (const other of $$("[data-lines]")) {
      const lines = other.dataset.lines.split(" ");
      if (own.some((line) => lines.includes(line))) other.classList.add("lit");
    }
    for (const pane of $$(".pane .sc")) beyond(pane);
  }
  // Says how much is lit out of sight; pressing it goes there.
  function beyond(pane) {
    const box = pane.getBoundingClientRect();
    const lit = $$(".lit", pane).filter((e) => !e.querySelector(".lit"));
    const above = lit.filter((e) => e.getBoundingClientRect().bottom < box.top + 8);
    const below = lit.filter((e) => e.getBoundingClientRect().top > box.bottom - 8);
    for (const [some, way, arrow] of [[above, "up", "↑"], [below, "down", "↓"]]) {
      if (!some.length) continue;
      const b = document.createElement("button");
      b.type = "button"; b.className = `beyond ${way}`; b.tabIndex = -1; b.textContent = `${arrow} ${some.length} more`;
      b.onclick = () => some[way === "up" ? some.length - 1 : 0].scrollIntoView({ block: "center" });
      $(".ph", pane.closest(".pane")).append(b);
    }
  }
  const lines = (e) => e.target.closest && e.target.closest("[data-lines]");
  document.addEventListener("mouseover", (e) => { if (!e.target.closest(".beyond") && !dragging) light(lines(e) || pinned); });
  document.addEventListener("focusin", (e) => { const el = lines(e); if (el) light(el); });

  // Opens a place in a report, and marks it.
  function passage(place) {
    const [report, start, end] = [place.split(":").slice(0, -2).join(":"), ...place.split(":").slice(-2).map(Number)];
    const article = $(`[data-article="${CSS.escape(report)}"]`);
    if (!article) return;
    view("reports");
    article.scrollIntoView({ block: "start" }); // what is out of sight is not laid out yet
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const range = rangeOf(article, start, end);
      if (!range) return;
      const box = $("[data-blocks=reports]");
      box.scrollTop += range.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
      $("#reports").focus({ preventScroll: true });
      const selection = getSelection();
      selection.removeAllRanges(); selection.addRange(range);
    }));
  }
  // Characters of a report are counted as the server counts them: one for each, however encoded.
  const units = (text, n) => [...text].slice(0, n).join("").length;
  function rangeOf(article, start, end) {
    const range = document.createRange();
    let begun = false;
    for (const run of $$("[data-at]", article)) {
      const first = +run.dataset.at, text = run.firstChild, length = [...text.data].length;
      if (!begun && start < first + length) { range.setStart(text, units(text.data, Math.max(0, start - first))); begun = true; }
      if (begun && end <= first + length) { range.setEnd(text, units(text.data, Math.max(0, end - first))); return range; }
    }
    return null;
  }
  function placeOf(node, offset, last) {
    if (node.nodeType !== 3) { const inner = node.childNodes[offset] || node; node = inner.nodeType === 3 ? inner : $("[data-at]", inner.parentElement)?.firstChild; offset = 0; if (!node) return null; }
    const run = node.parentElement.closest("[data-at], [data-odd]");
    if (!run) return null;
    if (run.dataset.odd) return +run.dataset.odd + (last ? 1 : 0);
    return +run.dataset.at + [...node.data.slice(0, offset)].length;
  }
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const article = range.commonAncestorContainer.parentElement?.closest("[data-article]") || (range.commonAncestorContainer.closest && range.commonAncestorContainer.closest("[data-article]"));
    if (!article) return null;
    const start = placeOf(range.startContainer, range.startOffset, false), end = placeOf(range.endContainer, range.endOffset, true);
    return start === null || end === null || end <= start ? null : { report: article.dataset.article, start, end, rect: range.getBoundingClientRect() };
  }
  document.addEventListener("selectionchange", () => {
    const bubble = $("#bubble");
    if (!bubble) return;
    const words = selected();
    bubble.hidden = !words;
    if (!words) return;
    bubble.style.left = `${Math.max(8, Math.min(innerWidth - 260, words.rect.left))}px`;
    bubble.style.top = `${Math.min(innerHeight - 48, words.rect.bottom + 6)}px`;
  });
  function makeClaim() {
    const words = selected();
    if (!words) return say("Select some words of a report first.", true);
    const { report, start, end } = words;
    const around = state.claims.find((c) => c.id === current);
    getSelection().removeAllRanges();
    change("claim_make", { report, start, end, kind: "statement", party: around ? around.party : "" });
  }

  function select(el) { const runs = $$("[data-at]", el), end = runs[runs.length - 1].firstChild, range = document.createRange(); range.setStart(runs[0].firstChild, 0); range.setEnd(end, end.length); getSelection().removeAllRanges(); getSelection().addRange(range); }
  // The next sentence that may hold a position and became no claim, with its words selected.
  let last = "";
  function unclaimed() {
    const all = $$("mark.worth").map((el) => ({ el, at: $$("[data-article]").indexOf(el.closest("[data-article]")).toString().padStart(5, "0") + $("[data-at]", el).dataset.at.padStart(9, "0") }));
    if (!all.length) return say("There is no sentence worth reading without a claim.");
    const next = all.find((one) => one.at > last) || all[0];
    last = next.at;
    view("reports");
    next.el.scrollIntoView({ block: "center" });
    select(next.el);
    say(`${all.length} such sentences; c makes a claim of this one, u goes to the next.`);
  }

  // The next line of the draft that nobody has looked at, with the words that it rests on lit.
  function unchecked() {
    const all = $$("#model .line.todo"), from = document.activeElement.closest("#model .line");
    if (!all.length) return say("Every line is looked at.");
    const next = all.find((line) => from && from.compareDocumentPosition(line) & 4) || all[0];
    view("model");
    next.scrollIntoView({ block: "center" });
    $(".m button", next).focus({ preventScroll: true });
    const words = $(`#reports mark[data-lines~="${CSS.escape(next.dataset.lines || "")}"]`);
    if (words) words.scrollIntoView({ block: "center" });
  }

  // ---- the review of claims ------------------------------------------------------------------

  let current = null, kindTyped = null;
  const claim = () => state.claims.find((c) => c.id === current);
  function review(show = false) {
    const card = $("#review");
    if (!card) return;
    card.hidden = !state.claims.length;
    if (!state.claims.length) return;
    if (!claim()) current = (state.claims.slice(Math.max(0, place_)).find((c) => !c.done) || state.claims[Math.min(place_, state.claims.length - 1)]).id;
    const one = claim();
    place_ = state.claims.indexOf(one);
    $("#rev-at").textContent = `claim ${place_ + 1} of ${state.claims.length} · ${one.report} · ${one.done ? "accepted" : "to check"}${one.by === "person" ? " · made by hand" : one.shown ? "" : " · who: not shown"}`;
    $("#rev-words").textContent = one.words;
    $("#rev-does").textContent = one.does;
    row($("#rev-kinds"), KINDS.slice(0, 9).some((k) => k.kind === one.kind) ? KINDS.slice(0, 9) : [...KINDS.slice(0, 9), KINDS.find((k) => k.kind === one.kind)], (k, n) => [`${k.kind}${n < 9 ? `<kbd>${n + 1}</kbd>` : ""}`, k.kind === one.kind, "", () => setKind(k.kind)]);
    row($("#rev-parties"), [...PARTIES(), { name: "", label: "not known", hue: "" }], (p) => [escape(p.label), p.name === one.party, p.hue, () => setParty(p.name)]);
    $$("mark.now").forEach((m) => m.classList.remove("now"));
    const marks = $$("mark[data-claims]").filter((m) => m.dataset.claims.split(" ").includes(current));
    marks.forEach((m) => m.classList.add("now"));
    if (show && marks[0]) { view("reports"); marks[0].scrollIntoView({ block: "center" }); light(marks[0]); pinned = marks[0]; }
  }
  let place_ = 0;
  function row(into, items, make) {
    into.replaceChildren(...items.map((item, n) => {
      const [html, on, hue, act] = make(item, n);
      const b = document.createElement("button");
      b.type = "button"; b.innerHTML = html; b.className = hue; b.setAttribute("aria-pressed", on); b.onclick = act;
      return b;
    }));
  }
  const PARTIES = () => $$(".party-card").map((card) => ({ name: card.id.slice(6, -5), label: $("h3 .party", card).textContent.trim(), hue: [...card.classList].find((c) => /^p\d$/.test(c)) }));
  let KINDS = [];
  function step(by) {
    if (!state.claims.length) return;
    const to = Math.max(0, Math.min(state.claims.length - 1, place_ + by));
    current = state.claims[to].id; place_ = to;
    review(true);
  }
  const next = () => { const later = state.claims.findIndex((c, n) => n > place_ && !c.done); const at = later >= 0 ? later : state.claims.findIndex((c) => !c.done); if (at >= 0) { current = state.claims[at].id; } review(true); };
  function setKind(kind) { if (current) change("claim_kind", { claim: current, kind }).then(() => review(true)); }
  function setParty(party) { if (current) change("claim_party", { claim: current, party }).then(() => review(true)); }
  async function accept() {
    const one = claim();
    if (!one) return;
    if (!one.lines.length && !one.done && !["statement", "event", "denial", "silence"].includes(one.kind)) return openForm("claim", { claim: one.id });
    if (await change("claim_accept", { claim: one.id })) next();
  }
  const acts = {
    j: () => step(1), k: () => step(-1), a: accept,
    x: async () => { if (claim()) { const was = place_; if (await change("claim_out", { claim: current })) { place_ = was; review(true); } } },
    w: () => claim() && change("claim_wider", { claim: current }).then(() => review(true)),
    l: () => claim() && openForm("claim", { claim: current }),
    p: () => { const all = PARTIES(), one = claim(); if (!one || !all.length) return; const n = all.findIndex((p) => p.name === one.party); setParty(all[(n + 1) % all.length].name); },
    c: makeClaim, u: unclaimed, n: unchecked, z: () => turn("undo"), Z: () => turn("redo"), "?": () => $("#search").focus(), "/": pickKind,
  };
  // Typing finds a kind by its beginning.
  function pickKind() {
    kindTyped = "";
    say("Type the beginning of a kind: " + KINDS.map((k) => k.kind).join(", "));
  }
  document.addEventListener("keydown", (event) => {
    if (!$("#review")) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.altKey && /^Arrow(Up|Down)$/.test(event.key)) { const wish = event.target.closest("[data-wish]"); if (wish) { event.preventDefault(); moveBy(wish, event.key === "ArrowUp" ? -1 : 1); } return; }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) { event.preventDefault(); turn(event.shiftKey ? "redo" : "undo"); return; }
    if (event.key === "Escape" && !dialog.open) say("");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (kindTyped !== null) {
      event.preventDefault();
      if (event.key.length > 1) { kindTyped = null; say(""); return; }
      kindTyped += event.key.toLowerCase();
      const found = KINDS.filter((k) => k.kind.startsWith(kindTyped));
      if (found.length === 1) { kindTyped = null; setKind(found[0].kind); } else say(found.length ? `${kindTyped}… ${found.map((k) => k.kind).join(", ")}` : "no such kind");
      if (!found.length) kindTyped = null;
      return;
    }
    if (/^[1-9]$/.test(event.key) && claim()) { event.preventDefault(); return setKind(KINDS[+event.key - 1].kind); }
    if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
  });

  // ---- wishes in another order ---------------------------------------------------------------

  let dragging = null;
  function moveBy(wish, by) {
    const list = wish.parentElement, all = $$(":scope > [data-wish]", list), from = all.indexOf(wish), to = from + by;
    if (to < 0 || to >= all.length) return;
    moved(wish, list, all, from, to, by < 0 ? all[to] : all[to].nextSibling);
  }
  // Seen at once; the server's own pieces follow.
  function moved(wish, list, all, from, to, before) {
    const way = wish.dataset.lines;
    const button = document.activeElement && wish.contains(document.activeElement) ? document.activeElement : null;
    const which = button && (button.dataset.move ? `[data-move="${button.dataset.move}"]` : ".words");
    list.insertBefore(wish, before);
    $$(":scope > li > .n", list).forEach((n, k) => { n.textContent = k + 1; });
    drawn.delete(wish.closest("[data-block]").dataset.block);
    const last = $$(":scope > [data-wish]", list)[to].dataset.lines;
    change("move", { way, to }).then(() => {
      const now = document.getElementById(way.replace(/\d+$/, to));
      if (now && which) $(which, now)?.focus({ preventScroll: false });
      return last;
    });
  }
  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".grip");
    if (!grip) return;
    event.preventDefault();
    const wish = grip.closest("[data-wish]"), list = wish.parentElement;
    dragging = { wish, list, all: $$(":scope > [data-wish]", list) };
    dragging.from = dragging.all.indexOf(wish);
    wish.classList.add("drag");
    grip.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!dragging) return;
    const { wish, list } = dragging;
    const over = $$(":scope > [data-wish]", list).find((w) => w !== wish && event.clientY > w.getBoundingClientRect().top && event.clientY < w.getBoundingClientRect().bottom);
    if (over) list.insertBefore(wish, event.clientY < over.getBoundingClientRect().top + over.offsetHeight / 2 ? over : over.nextSibling);
    const pane = list.closest(".sc"), box = pane.getBoundingClientRect();
    if (event.clientY < box.top + 30) pane.scrollTop -= 12;
    if (event.clientY > box.bottom - 30) pane.scrollTop += 12;
  });
  const dropped = () => {
    if (!dragging) return;
    const { wish, list, all, from } = dragging;
    dragging = null;
    wish.classList.remove("drag");
    const to = $$(":scope > [data-wish]", list).indexOf(wish);
    if (to !== from) moved(wish, list, all, from, to, wish.nextSibling);
  };
  document.addEventListener("pointerup", dropped);
  document.addEventListener("pointercancel", dropped);

  // ---- formulas while they are typed ---------------------------------------------------------

  let typedLast = 0;
  async function typed(field) {
    const mine = ++typedLast;
    unsent.add(field.id);
    const asked = new URLSearchParams({ text: field.value, caret: [...field.value.slice(0, field.selectionStart)].length, party: field.dataset.party });
    const told = await get(at(`formula?${asked}`)).catch(() => null);
    if (!told || mine !== typedLast) return;
    const says = document.getElementById(`${field.id}-says`);
    says.textContent = told.faults.length ? told.faults.join(" · ") : told.says;
    says.classList.toggle("bad", told.faults.length > 0);
    field.setAttribute("aria-invalid", told.faults.length > 0);
    offer(field, told.start, told.names);
  }
  function offer(field, start, names) {
    const list = document.getElementById(`${field.id}-list`);
    list.replaceChildren(...names.map(([name, words], n) => {
      const li = document.createElement("li");
      li.id = `${list.id}-${n}`; li.setAttribute("role", "option"); li.setAttribute("aria-selected", n === 0);
      const code = document.createElement("code"), span = document.createElement("span");
      code.textContent = name; span.textContent = words;
      li.append(code, span);
      li.onmousedown = (e) => { e.preventDefault(); put(field, start, name); };
      return li;
    }));
    list.hidden = !names.length || document.activeElement !== field;
    if (!list.hidden) list.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-expanded", !list.hidden);
    if (names.length) field.setAttribute("aria-activedescendant", `${list.id}-0`); else field.removeAttribute("aria-activedescendant");
    field.offered = names.length ? { start, names } : null;
  }
  function put(field, start, name) {
    const chars = [...field.value], caret = [...field.value.slice(0, field.selectionStart)].length;
    const head = chars.slice(0, start).join("") + name;
    field.value = head + chars.slice(caret).join("");
    field.setSelectionRange(head.length, head.length);
    typed(field);
  }
  const close = (field) => { const list = document.getElementById(`${field.id}-list`); if (list) list.hidden = true; field.setAttribute("aria-expanded", false); field.offered = null; };
  document.addEventListener("input", (e) => { if (e.target.matches(".formula")) typed(e.target); else if (e.target.closest(".inline")) unsent.add(e.target.id); });
  document.addEventListener("focusin", (e) => { if (e.target.matches(".formula") && e.target.value) typed(e.target); });
  document.addEventListener("focusout", (e) => { if (e.target.matches(".formula")) close(e.target); });
  document.addEventListener("keydown", (e) => {
    const field = e.target;
    if (!field.matches || !field.matches(".formula") || !field.offered) return;
    const list = document.getElementById(`${field.id}-list`), items = $$("li", list);
    let n = items.findIndex((li) => li.getAttribute("aria-selected") === "true");
    if (/^Arrow(Up|Down)$/.test(e.key)) {
      e.preventDefault();
      n = (n + (e.key === "ArrowDown" ? 1 : items.length - 1)) % items.length;
      items.forEach((li, k) => li.setAttribute("aria-selected", k === n));
      field.setAttribute("aria-activedescendant", items[n].id);
    } else if (e.key === "Tab" && !e.shiftKey) { e.preventDefault(); put(field, field.offered.start, field.offered.names[n][0]); }
    else if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); close(field); }
  }, true);

  // ---- forms, buttons, panes -----------------------------------------------------------------

  async function openForm(name, given = {}) {
    const start = document.body.classList.contains("start") ? `/start/form/${name}` : at(`form/${name}?${new URLSearchParams(given)}`);
    try { showForm(await get(start)); } catch (error) { say(error.message, true); }
  }
  function showForm(html) {
    dialog.innerHTML = html;
    if (!dialog.open) dialog.showModal();
    const text = $("textarea[data-at]", dialog);
    if (text && text.dataset.at) caretTo(text, +text.dataset.at);
    else ($("input:not([type=hidden]), textarea, select, .pick button", dialog) || $("[data-close]", dialog)).focus();
  }
  // What was sent from a form closes that form, and no other that was opened meanwhile.
  const closed = (from) => { if (dialog.contains(from)) dialog.close(); };
  function caretTo(text, line) {
    const start = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const end = text.value.indexOf("\n", start);
    text.focus();
    text.setSelectionRange(start, end < 0 ? text.value.length : end);
    text.scrollTop = Math.max(0, (line - 6) * parseFloat(getComputedStyle(text).lineHeight));
  }
  function fields(form) {
    const given = {};
    for (const [name, value] of new FormData(form)) {
      if (form.querySelector(`[name="${CSS.escape(name)}"]`).closest("[hidden]")) continue;
      if (name in given) given[name] = [].concat(given[name], value); else given[name] = value;
    }
    if (form.dataset.change === "option_words" && !given.irreversible) given.irreversible = "";
    return given;
  }
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    event.preventDefault();
    if (form.dataset.start) return begin(form.dataset.start, fields(form));
    if (form.dataset.job) return job(form.dataset.job, fields(form), form);
    if (form.dataset.force !== undefined) return whatIf({ ...supposed, force: [...supposed.force, fields(form).formula] });
    if (form.dataset.branch) return branch(form.dataset.branch, fields(form));
    if (!form.dataset.change) return;
    const name = form.dataset.change, given = fields(form), inside = dialog.contains(form);
    if (await change(name, given)) {
      $$("input", form).forEach((i) => unsent.delete(i.id));
      if (inside) closed(form); else { const again = document.getElementById($("input:not([type=hidden])", form)?.id); if (again) { again.value = ""; const says = document.getElementById(`${again.id}-says`); if (says) says.textContent = ""; again.focus({ preventScroll: true }); } }
      if (name === "claim_accept") next();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#said.bad")) return say("");
    const el = event.target.closest("button, a, mark, [data-go], input[data-suppose]");
    if (!el) return;
    const set = el.dataset;
    if (el.matches("a.cite")) { event.preventDefault(); const dr = el.closest(".dr"), to = dr && dr.passages[el.getAttribute("href").slice(1)]; if (to) passage(to); return; }
    if (el.matches("mark.worth")) { if (getSelection().isCollapsed) select(el); return; }
    if (el.matches("mark")) { if (set.claims && getSelection().isCollapsed) { current = set.claims.split(" ")[0]; review(); pinned = el; light(el); } return; }
    if (set.close !== undefined) return dialog.close();
    if (set.form) { const { form, ...given } = set; return void openForm(form, given); }
    if (set.move) return moveBy(el.closest("[data-wish]"), +set.move);
    if (set.change) { const { change: name, ...given } = set; return void change(name, given).then((done) => { if (done) closed(el); if (done && name === "claim_accept") next(); }); }
    if (set.go) { dialog.close(); return passage(set.go); }
    if (set.report) return void $(`[data-article="${CSS.escape(set.report)}"]`).scrollIntoView({ block: "start" });
    if (set.key) return acts[set.key]();
    if (set.view) return view(set.view);
    if (set.caret) return caretTo($("#file-text"), +set.caret);
    if (set.put) { const field = document.getElementById(set.put); field.value += (field.value ? " " : "") + set.text; field.focus(); return typed(field); }
    if (set.job) return void job(set.job, {}, el);
    if (set.suppose) return whatIf(toggled(set.suppose, set.value));
    if (set.branch) return void branch(set.branch, set);
    if (el.id === "undo" || el.id === "redo") return void turn(el.id);
    if (el.id === "stop") return void post(at("stop"), {});
    if (el.id === "make-claim") return makeClaim();
    if (el.id === "whatif" || set.whatif !== undefined) return whatIf($("#what-if").hidden ? supposed : null);
    const q = el.closest(".q");
    if (q && el.matches("h3 > button")) {
      const dr = $(".dr", q), open = dr.hidden;
      dr.hidden = !open;
      el.setAttribute("aria-expanded", open);
      pinned = open ? q : null;
      if (open) unfold(q);
      light(q);
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-kinds]")) $$("[data-only]", event.target.form).forEach((e) => { e.hidden = e.dataset.only !== event.target.value; });
    if (event.target.matches("[data-compare]")) compare();
    if (event.target.matches("#files, #folder")) upload([...event.target.files]);
  });
  function view(name) {
    document.body.dataset.view = name;
    $$(".tabs button").forEach((b) => b.setAttribute("aria-pressed", b.dataset.view === name));
  }
  async function job(name, given, from) {
    say(name === "read" ? "Reading the reports; this can take a minute …" : "");
    try { await take(await post(at(`job/${name}`), { ...given, page })); closed(from); if (name === "read") say("The reports are read."); } catch (error) { failed(error); }
  }

  // ---- what if -------------------------------------------------------------------------------

  let supposed = { off: [], force: [] }, compared = null, following = Promise.resolve();
  function toggled(what, value) {
    const all = new Set(supposed[what]);
    if (all.has(value)) all.delete(value); else all.add(value);
    return { ...supposed, [what]: [...all] };
  }
  async function whatIf(asked) {
    const panel = $("#what-if");
    $("header #whatif").setAttribute("aria-expanded", !!asked);
    panel.hidden = !asked;
    document.body.classList.toggle("supposing", !!asked);
    if (!asked) { // only then, as to ask for columns begins the work again
      clearTimeout(compared);
      return void following.then(() => panel.hidden && post(at("whatif/end"), {})).catch(failed);
    }
    try {
      const told = await post(at("whatif"), { ...asked, page });
      supposed = asked;
      drawWhatIf(told);
    } catch (error) { say(error.message, true); }
  }
  function drawWhatIf(told) {
    const panel = $("#what-if"), was = document.activeElement && panel.contains(document.activeElement) ? document.activeElement.id : null;
    const open = $$("details", panel).map((d) => d.open);
    panel.innerHTML = told.html;
    $$("details", panel).forEach((d, n) => { if (open[n] !== undefined) d.open = open[n]; });
    if (was && document.getElementById(was)) document.getElementById(was).focus({ preventScroll: true });
    follow();
  }
  // Asks for the columns until both are there; each asking is one small answer.
  function follow() {
    clearTimeout(compared);
    const table = $("#what-if [data-columns]");
    if (!table) return;
    const asked = new URLSearchParams({ left: $("#cmp-left").value, right: $("#cmp-right").value });
    following = get(at(`whatif/columns?${asked}`)).then((told) => {
      const now = $("#what-if [data-columns]");
      if (now && now.shown !== told.html) { now.innerHTML = told.html; now.shown = told.html; }
      if (told.busy && !$("#what-if").hidden) compared = setTimeout(follow, 400);
    }).catch((error) => say(error.message, true));
  }
  const compare = () => follow();
  async function branch(what, given) {
    await following; // the columns may be those of a branch that is about to go
    clearTimeout(compared);
    try { const told = await post(at(`whatif/${what}`), { name: given.name || "", ...supposed, page }); if (what !== "keep") supposed = { off: [], force: [] }; drawWhatIf(told); say(told.what); if (told.again) refresh(); } catch (error) { say(error.message, true); }
  }

  // ---- search --------------------------------------------------------------------------------

  const search = $("#search");
  let wait = 0;
  if (search) {
    const found = $("#found");
    search.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(async () => {
      const rows = search.value.trim().length > 1 ? await get(at(`search?${new URLSearchParams({ q: search.value })}`)) : [];
      found.replaceChildren(...rows.map((row) => {
        const li = document.createElement("li"), b = document.createElement("button"), where = document.createElement("i");
        b.type = "button"; where.textContent = row.where; b.append(row.text, " ", where);
        b.onclick = () => { found.hidden = true; if (row.where === "model") { view("model"); go(row.to); document.getElementById(row.to)?.querySelector("button")?.focus(); } else if (row.where === "claim") { current = row.to; review(true); } else passage(row.to); };
        li.append(b);
        return li;
      }));
      if (search.value.trim().length > 1 && !rows.length) { const li = document.createElement("li"); li.textContent = "Nothing found."; found.append(li); }
      found.hidden = !found.children.length;
    }, 120); });
    search.addEventListener("keydown", (e) => { if (e.key === "ArrowDown" && !found.hidden) { e.preventDefault(); $("button", found)?.focus(); } if (e.key === "Escape") { search.value = ""; found.hidden = true; } });
    found.addEventListener("keydown", (e) => { const all = $$("button", found), n = all.indexOf(document.activeElement); if (e.key === "ArrowDown") { e.preventDefault(); all[Math.min(all.length - 1, n + 1)].focus(); } if (e.key === "ArrowUp") { e.preventDefault(); (n ? all[n - 1] : search).focus(); } if (e.key === "Escape") { found.hidden = true; search.focus(); } });
  }

  // ---- the start -----------------------------------------------------------------------------

  async function begin(what, given) {
    try {
      const told = await post(`/start/${what}`, given);
      if (told.key) location.href = `/case/${encodeURIComponent(told.key)}`;
      else { if (dialog.open) dialog.close(); watch(told.job); }
    } catch (error) { failed(error); }
  }
  async function watch(id) {
    const line = $("#progress");
    try {
      const told = await get(`/start/jobs/${id}`);
      if (told.key) { location.href = `/case/${encodeURIComponent(told.key)}`; return; }
      if (told.form) { line.textContent = ""; showForm(told.form); return; }
      line.textContent = told.progress || "Reading …";
      setTimeout(() => watch(id), 400);
    } catch (error) { line.textContent = ""; say(error.message, true); }
  }
  async function upload(files) {
    if (!files.length) return;
    const sent = new FormData();
    for (const file of files) sent.append("files", file, file.name);
    const folder = (files[0].webkitRelativePath || "").split("/")[0];
    sent.append("title", folder || "draft");
    $("#progress").textContent = `Taking in ${files.length} files …`;
    try { watch((await post("/start/reports", sent, true)).job); } catch (error) { $("#progress").textContent = ""; say(error.message, true); }
  }
  const drop = $("#drop");
  if (drop) {
    drop.addEventListener("dragover", (e) => { e.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", async (e) => {
      e.preventDefault(); drop.classList.remove("over");
      const entries = [...e.dataTransfer.items].map((i) => i.webkitGetAsEntry && i.webkitGetAsEntry()).filter(Boolean);
      const plain = [...e.dataTransfer.files];
      const files = entries.length ? (await Promise.all(entries.map(under))).flat() : plain;
      upload(files);
    });
  }
  async function under(entry) {
    if (entry.isFile) return [await new Promise((done, no) => entry.file(done, no))];
    const reader = entry.createReader(), found = [];
    for (;;) { const some = await new Promise((done, no) => reader.readEntries(done, no)); if (!some.length) return found; found.push(...(await Promise.all(some.map(under))).flat()); }
  }

  if (key) {
    if (location.search) history.replaceState(null, "", `/case/${encodeURIComponent(key)}`);
    get("/static/kinds.json").then((kinds) => { KINDS = kinds; return refresh(); }).then(listen);
  } else if (location.search) history.replaceState(null, "", "/");
})();
