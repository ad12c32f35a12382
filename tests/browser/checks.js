// What can be wrong with a page, measured in the browser. Each check returns sentences, one a fault.
// Loaded into the page as one expression; `checks.NAME()` is called by the tests.
(() => {
  const TINY = 0.75; // pixels by which browsers round
  const rendered = (e) => e.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true,
    visibilityProperty: true });
  // Things put beside the page for screen readers and the keyboard alone.
  const aside = (box) => box.right <= 0 || box.bottom + scrollY <= 0;
  const words = (text) => text.replace(/\s+/g, " ").trim();
  const short = (text) => (words(text).length > 50 ? words(text).slice(0, 50) + "…" : words(text));
  const tell = (e) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") +
    (e.getAttribute("class") ? "." + e.getAttribute("class").trim().replace(/\s+/g, ".") : "") +
    ` ‘${short(e.textContent)}’`;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(rendered);
  const unique = (list) => [...new Set(list)].slice(0, 40);

  // Every run of visible text, with the element it stands in and its boxes.
  const texts = (root = document.body) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const out = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement;
      if (!node.data.trim() || /^(script|style|title|desc|noscript)$/i.test(e.tagName)) continue;
      if (!rendered(e)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((b) => b.width > 0 && !aside(b));
      if (boxes.length) out.push({ node, e, boxes });
    }
    return out;
  };
  const scale = (e) => {
    const matrix = e.ownerSVGElement && e.getScreenCTM && e.getScreenCTM();
    return matrix ? Math.hypot(matrix.a, matrix.b) : 1;
  };
  // Bring a box into the window, so that one can ask what lies there; returns how far it moved.
  const bring = (box) => {
    const from = scrollY;
    if (box.top < 0 || box.bottom > innerHeight) {
      scrollTo({ top: from + box.top - innerHeight / 2, behavior: "instant" });
    }
    return from - scrollY;
  };
  const size = (e) => parseFloat(getComputedStyle(e).fontSize) * scale(e);

  // --- colours -----------------------------------------------------------------------------
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (css) => {
    if (!known.has(css)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = "#000";
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(css, [r, g, b, a / 255]);
    }
    return known.get(css);
  };
  const over = (top, below) => {
    const a = top[3] + below[3] * (1 - top[3]);
    if (!a) return [0, 0, 0, 0];
    return [0, 1, 2].map((k) => (top[k] * top[3] + below[k] * below[3] * (1 - top[3])) / a)
      .concat(a);
  };
  const luminance = ([r, g, b]) => {
    const part = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ratio = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const faded = (e) => {
    let opacity = 1;
    for (let at = e; at; at = at.parentElement) opacity *= parseFloat(getComputedStyle(at).opacity);
    return opacity;
  };
  const page = () => {
    const dark = getComputedStyle(document.documentElement).colorScheme.includes("dark") &&
      matchMedia("(prefers-color-scheme: dark)").matches;
    return dark ? [18, 18, 18, 1] : [255, 255, 255, 1];
  };
  const alpha = (colour, by) => [colour[0], colour[1], colour[2], colour[3] * by];
  const behind = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (!(at instanceof SVGElement) || at.tagName === "svg") {
        layers.push(rgba(style.backgroundColor));
      }
      if (at.tagName === "DIALOG") break;
    }
    return layers.reduceRight((below, top) => over(top, below), page());
  };
  // What is painted under a point of a drawing: the fills below the text, then the page.
  const painted = (e, x, y) => {
    const svg = e.ownerSVGElement;
    const pile = document.elementsFromPoint(x, y);
    const from = Math.max(0, pile.findIndex((at) => at === e || at.contains(e) || e.contains(at)));
    let below = behind(svg);
    const fills = [];
    for (const at of pile.slice(from)) {
      if (at === svg) break;
      if (!svg.contains(at) || !at.isPointInFill || at.closest("text")) continue;
      const point = new DOMPoint(x, y).matrixTransform(at.getScreenCTM().inverse());
      const style = getComputedStyle(at);
      if (style.fill === "none" || !at.isPointInFill(point)) continue;
      fills.push(alpha(rgba(style.fill), parseFloat(style.fillOpacity) * faded(at)));
    }
    for (const fill of fills.reverse()) below = over(fill, below);
    return below;
  };
  const contrast = (root = document.body) => {
    const sheet = document.createElement("style");
    sheet.textContent = "svg, svg * { pointer-events: visiblePainted !important }";
    document.head.append(sheet);
    const out = [];
    for (const { e, boxes } of texts(root)) {
      const style = getComputedStyle(e);
      const drawn = e.ownerSVGElement;
      const px = size(e);
      const large = px >= 24 || (px >= 18.66 && parseInt(style.fontWeight, 10) >= 700);
      const colour = alpha(rgba(drawn ? style.fill : style.color),
        faded(e) * (drawn ? parseFloat(style.fillOpacity) : 1));
      const grounds = [];
      if (!drawn) grounds.push(behind(e));
      else if (style.stroke !== "none" && style.paintOrder.startsWith("stroke") &&
          parseFloat(style.strokeWidth) * scale(e) >= 2) grounds.push(rgba(style.stroke));
      else {
        for (const b of e.getClientRects()) bring(b);
        for (const box of e.getClientRects()) {
          for (const part of [0.1, 0.5, 0.9]) {
            grounds.push(painted(e, box.left + box.width * part, box.top + box.height / 2));
          }
        }
      }
      const worst = Math.min(...grounds.map((ground) => ratio(over(colour, ground), ground)));
      if (worst < (large ? 3 : 4.5) - 0.005) out.push(`contrast ${worst.toFixed(2)}: ${tell(e)}`);
    }
    sheet.remove();
    return unique(out);
  };

  // --- room --------------------------------------------------------------------------------
  const overflow = (width = innerWidth) => {
    const out = [];
    const root = document.documentElement;
    if (root.scrollWidth > width) out.push(`the page is ${root.scrollWidth} wide, not ${width}`);
    for (const e of all("body *")) {
      if (e.ownerSVGElement) continue;
      const box = e.getBoundingClientRect();
      const style = getComputedStyle(e);
      if (!box.width || aside(box)) continue;
      if (box.right > width + TINY || box.left < -TINY) out.push(`beyond the edge: ${tell(e)}`);
      const inline = style.display === "inline" || e.tagName === "svg";
      if (!inline && e.clientWidth && e.scrollWidth > e.clientWidth + 1) {
        out.push(`too wide for its box, ${e.scrollWidth} in ${e.clientWidth}: ${tell(e)}`);
      }
      if (!inline && style.overflowY !== "visible" && e.tagName !== "DIALOG" &&
          e !== document.body && e.scrollHeight > e.clientHeight + 1) {
        out.push(`cut below: ${tell(e)}`);
      }
    }
    for (const { e, boxes } of texts()) {
      for (const box of boxes) {
        if (box.right > width + TINY || box.left < -TINY) out.push(`words cut: ${tell(e)}`);
      }
    }
    return unique(out);
  };
  const smallText = (least = 11) => unique(texts().filter(({ e }) => size(e) < least - 0.01)
    .map(({ e }) => `${size(e).toFixed(1)} px: ${tell(e)}`));
  // A column so narrow that words stand one below the other, or are broken into letters.
  const squeezed = () => {
    const out = [];
    for (const { node, e, boxes } of texts()) {
      if (e.ownerSVGElement) continue;
      const lines = new Set(boxes.map((b) => Math.round(b.top))).size;
      if (lines > 4 && words(node.data).length / lines < 8) {
        out.push(`${lines} lines: ${tell(e)}`);
      }
      if (!e.closest("th, td")) continue;
      for (const word of node.data.matchAll(/(?<!\S)\p{L}{2,8}(?!\S)/gu)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const tops = new Set([...range.getClientRects()].map((b) => Math.round(b.top)));
        if (tops.size > 1) out.push(`‘${word[0]}’ is broken: ${tell(e)}`);
      }
    }
    return unique(out);
  };
  // Words of a page must not lie on each other either; an ancestor's text may surround another's.
  const collisions = () => {
    const out = [];
    const items = [];
    for (const { node, e, boxes } of texts(document.querySelector(".page") || document.body)) {
      if (e.ownerSVGElement) continue;
      for (const b of boxes) items.push({ node, e, b });
    }
    items.sort((p, q) => p.b.top - q.b.top);
    for (let i = 0; i < items.length; i++) {
      const p = items[i];
      for (let j = i + 1; j < items.length && items[j].b.top < p.b.bottom; j++) {
        const q = items[j];
        if (p.node === q.node) continue;
        const wide = Math.min(p.b.right, q.b.right) - Math.max(p.b.left, q.b.left);
        const high = Math.min(p.b.bottom, q.b.bottom) - Math.max(p.b.top, q.b.top);
        if (wide > 2 && high > 0.5 * Math.min(p.b.height, q.b.height)) {
          out.push(`words on words: ${tell(p.e)} and ${tell(q.e)}`);
        }
      }
    }
    return unique(out);
  };

  // --- drawings ----------------------------------------------------------------------------
  // The box of the letters themselves: half of the line above and below them is air.
  const ink = (b) => ({ left: b.left + 0.5, right: b.right - 0.5,
    top: b.top + 0.18 * b.height, bottom: b.bottom - 0.18 * b.height });
  const meet = (p, q) => Math.min(p.right, q.right) - Math.max(p.left, q.left) > 0.5 &&
    Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 0.5;
  const drawings = () => {
    const out = [];
    for (const svg of all("svg")) {
      const frame = svg.getBoundingClientRect();
      const items = texts(svg).flatMap(({ node, e, boxes }) =>
        boxes.map((b) => ({ node, e, b, ink: ink(b) })));
      const boxes = [...svg.querySelectorAll("rect")].filter(rendered)
        .filter((r) => !r.closest("defs, clipPath, mask, pattern"))
        .map((r) => ({ r, b: r.getBoundingClientRect() }));
      items.forEach((p, k) => {
        if (p.b.left < frame.left - 1 || p.b.right > frame.right + 1 ||
            p.b.top < frame.top - 2 || p.b.bottom > frame.bottom + 2) {
          out.push(`words cut at the drawing's edge in #${svg.id}: ${tell(p.e)}`);
        }
        for (const q of items.slice(k + 1)) {
          if (p.node !== q.node && meet(p.ink, q.ink)) {
            out.push(`words on words in #${svg.id}: ${tell(p.e)} and ${tell(q.e)}`);
          }
        }
        const x = (p.b.left + p.b.right) / 2;
        const y = (p.b.top + p.b.bottom) / 2;
        const around = boxes.filter(({ b }) => b.left < x && x < b.right && b.top < y &&
          y < b.bottom && b.height > 0.8 * p.b.height)
          .sort((r, s) => r.b.width * r.b.height - s.b.width * s.b.height)[0];
        if (around && (p.b.left < around.b.left - 1 || p.b.right > around.b.right + 1)) {
          out.push(`words wider than their box in #${svg.id}: ${tell(p.e)}`);
        }
      });
    }
    return unique(out);
  };
  const ariaName = (e) => {
    const ids = (e.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const told = ids.map((id) => document.getElementById(id)?.textContent || "").join(" ");
    const own = [...e.children].find((c) => c.tagName.toLowerCase() === "title");
    return words(told || e.getAttribute("aria-label") || (own && own.textContent) || "");
  };
  const pictures = () => {
    const out = [];
    for (const img of all("img")) if (!img.hasAttribute("alt")) out.push(`no alt: ${tell(img)}`);
    for (const svg of all("svg")) {
      if (svg.getAttribute("aria-hidden") === "true") continue;
      if (!svg.getAttribute("role")) out.push(`no role: svg#${svg.id}`);
      if (!ariaName(svg)) out.push(`no name: svg#${svg.id}`);
      if (svg.getAttribute("role") === "img" && svg.querySelector("a, [tabindex], button")) {
        out.push(`a link inside something announced as one picture: svg#${svg.id}`);
      }
    }
    for (const figure of all("figure")) {
      if (!words(figure.querySelector("figcaption")?.textContent || "")) {
        out.push(`no caption: ${tell(figure)}`);
      }
    }
    return unique(out);
  };

  // --- structure ---------------------------------------------------------------------------
  const headings = () => {
    const out = [];
    let last = 0;
    for (const h of all("h1, h2, h3, h4, h5, h6")) {
      const level = Number(h.tagName[1]);
      if (level > last + 1) out.push(`from level ${last} to ${level}: ${tell(h)}`);
      if (!words(h.textContent)) out.push(`an empty heading: ${tell(h)}`);
      last = level;
    }
    const tops = all("h1").length;
    if (tops !== 1) out.push(`${tops} headings of level 1`);
    return unique(out);
  };
  const tables = () => {
    const out = [];
    for (const table of all("table")) {
      if (!words(table.querySelector("caption")?.textContent || "")) {
        out.push(`no caption: ${tell(table)}`);
      }
      for (const th of table.querySelectorAll("th")) {
        if (!["col", "row", "colgroup", "rowgroup"].includes(th.scope)) {
          out.push(`no scope: ${tell(th)}`);
        }
        if (!words(th.textContent)) out.push(`an empty heading cell in ${tell(table)}`);
      }
      if (!table.querySelector("th")) out.push(`no heading cells: ${tell(table)}`);
      const heads = table.querySelectorAll("thead tr > *").length;
      for (const row of table.querySelectorAll("tbody tr")) {
        if (heads && row.children.length !== heads) out.push(`a row of other length: ${tell(row)}`);
      }
    }
    return unique(out);
  };
  const landmarks = () => {
    const out = [];
    if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(document.documentElement.lang)) out.push("no lang");
    if (!words(document.title)) out.push("no title");
    for (const name of ["header", "nav", "main"]) {
      if (all(name).length !== 1) out.push(`${all(name).length} of ${name}`);
    }
    for (const e of all("nav, section")) if (!ariaName(e)) out.push(`no name: ${tell(e)}`);
    for (const e of all("[aria-labelledby], [aria-describedby]")) {
      const ids = [e.getAttribute("aria-labelledby"), e.getAttribute("aria-describedby")]
        .join(" ").split(/\s+/).filter(Boolean);
      for (const id of ids) if (!document.getElementById(id)) out.push(`no element #${id}`);
    }
    const seen = new Map();
    for (const e of document.querySelectorAll("[id]")) seen.set(e.id, (seen.get(e.id) || 0) + 1);
    for (const [id, n] of seen) if (n > 1) out.push(`${n} elements are #${id}`);
    for (const a of document.querySelectorAll("a[href]")) {
      const href = a.getAttribute("href");
      if (!href.startsWith("#")) out.push(`leads out of the page: ${href.slice(0, 60)}`);
      else if (href.length > 1 && !document.getElementById(decodeURIComponent(href.slice(1)))) {
        out.push(`leads nowhere: ${href}`);
      }
    }
    return unique(out);
  };

  // --- touch and keyboard ------------------------------------------------------------------
  // WCAG 2.5.8: a target is 24 px wide and high, or no other lies within 24 px around its middle.
  // It must also be there: at its middle, nothing may lie on top.
  const targets = () => {
    const out = [];
    const found = all("a[href], button, summary").map((e) => ({ e,
      boxes: [...e.getClientRects()].filter((b) => b.width && !aside(b)) }))
      .filter(({ boxes }) => boxes.length);
    const near = (box, x, y) => Math.hypot(x - Math.min(Math.max(x, box.left), box.right),
      y - Math.min(Math.max(y, box.top), box.bottom));
    for (const { e, boxes } of found) {
      const box = boxes[0];
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      if (box.width < 24 || box.height < 24) {
        const other = found.find((f) => f.e !== e && f.boxes.some((b) => near(b, x, y) < 12));
        if (other) out.push(`too near to ${tell(other.e)}: ${tell(e)}`);
      }
      const hit = document.elementFromPoint(x, y + bring(box));
      scrollTo({ top: 0, behavior: "instant" });
      if (hit && hit !== e && !e.contains(hit) && !hit.contains(e)) {
        out.push(`covered by ${tell(hit)}: ${tell(e)}`);
      }
    }
    return unique(out);
  };
  const motion = () => {
    const out = [];
    for (const e of document.querySelectorAll("*")) {
      const style = getComputedStyle(e);
      if (style.scrollBehavior === "smooth") out.push(`scrolls smoothly: ${tell(e)}`);
      for (const times of [style.transitionDuration, style.animationDuration]) {
        if (times.split(",").some((t) => parseFloat(t) > 0)) out.push(`moves: ${tell(e)}`);
      }
    }
    return unique(out);
  };

  // --- citations ---------------------------------------------------------------------------
  // Whether a passage is a quotation, whose ellipses stand for words in between.
  const says = (marked, quote) => {
    const pieces = quote.split(" … ");
    if (!marked.startsWith(pieces[0]) || !marked.endsWith(pieces.at(-1))) return false;
    let at = 0;
    for (const piece of pieces) {
      at = marked.indexOf(piece, at);
      if (at < 0) return false;
      at += piece.length;
    }
    return pieces.length > 1 || marked === quote;
  };
  // Click on each; say what was wrong with the passage that opened.
  const citations = () => {
    const out = [];
    const dialog = document.querySelector("dialog");
    for (const cite of all("a.cite")) {
      cite.click();
      if (!dialog.open) { out.push(`opens nothing: ${tell(cite)}`); continue; }
      const quote = cite.parentElement.querySelector("q");
      const lines = [...dialog.querySelectorAll("p")].map((p) =>
        [...p.querySelectorAll("mark")].map((m) => m.textContent).join("")).filter(Boolean);
      const marked = words(lines.join(" "));
      if (!marked) out.push(`nothing is marked: ${tell(cite)}`);
      if (quote && !says(marked, words(quote.textContent))) {
        out.push(`marked ‘${short(marked)}’ for ‘${short(quote.textContent)}’`);
      }
      if (!words(dialog.querySelector("h2").textContent)) out.push(`no title: ${tell(cite)}`);
      dialog.close();
    }
    return unique(out);
  };

  window.checks = { overflow, smallText, squeezed, collisions, drawings, contrast, pictures, headings, tables,
    landmarks, targets, motion, citations };
})();
