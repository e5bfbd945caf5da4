// What is clipped, outside or one over another on the page as it stands; each fault as a line.
() => {
  const CONTROLS = "a[href], button, input, select, textarea, summary, [role=slider]";
  const SILENT = "script, style, noscript, option, title, desc, .unseen, .skip";
  const faults = [];

  const name = (element) => {
    const key = element.id ? "#" + element.id : (element.getAttribute("class") ?? "").split(" ")[0];
    return element.localName + (key && (element.id ? key : "." + key));
  };
  const told = (thing) => `${name(thing.element)} “${thing.text.trim().slice(0, 40)}”`;
  const closed = (element) => element.closest("details:not([open])") && !element.closest("summary");
  // Chromium calls texts in a hidden group of a drawing visible
  const drawn = (element) => !(element instanceof SVGElement) || element.getBoundingClientRect().width > 0;
  const visible = (element) => drawn(element) && !element.closest(SILENT) && !closed(element) && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  const styles = new Map();
  const styleOf = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };

  // A sheet lies over the rest of the page and hides what is beneath it.
  const opaque = (colour) => !/^(transparent$|rgba\(.*, 0?\.\d+\)$|rgba\(.*, 0\)$|color\(.*\/)/.test(colour);
  const isSheet = (element) => {
    if (element.matches(CONTROLS)) return false;
    const style = styleOf(element);
    const raised = style.position !== "static" || style.zIndex !== "auto" || element.localName === "dialog";
    return raised && opaque(style.backgroundColor);
  };
  const sheetOf = (element) => {
    for (let at = element; at; at = at.parentElement) if (isSheet(at)) return at;
    return null;
  };

  // The part of a box that can be seen or scrolled to; null where another box hides all of it.
  const shownPart = (element, rect, onClip) => {
    let { left, right, top, bottom } = rect;
    let scrolled = false;
    const within = (x, y, by) => {
      if (x) [left, right] = [Math.max(left, by.left), Math.min(right, by.right)];
      if (y) [top, bottom] = [Math.max(top, by.top), Math.min(bottom, by.bottom)];
    };
    let fixed = false;
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = styleOf(at);
      if (style.position === "fixed") fixed = true;
      if (at instanceof SVGElement && at.localName !== "svg") continue;
      const [x, y] = [style.overflowX, style.overflowY];
      if (x === "visible" && y === "visible") continue;
      const by = at.getBoundingClientRect();
      const scrolls = (way) => way === "auto" || way === "scroll";
      if (!scrolls(x) && !scrolled && (left < by.left - 1.5 || right > by.right + 1.5)) onClip?.(at);
      if (!scrolls(y) && !scrolled && (top < by.top - 4 || bottom > by.bottom + 4)) onClip?.(at);
      if (scrolls(x) || scrolls(y)) scrolled = true;
      within(x !== "visible", y !== "visible", by);
    }
    if (!scrolled && (left < -1 || right > innerWidth + 1)) onClip?.(null);
    if (fixed && !scrolled && (top < -1 || bottom > innerHeight + 1)) onClip?.(null);
    return right - left > 1 && bottom - top > 1 ? { left, right, top, bottom } : null;
  };

  const slanted = (element) => {
    const matrix = element instanceof SVGGraphicsElement && element.getScreenCTM();
    return matrix && Math.abs(matrix.a) > 0.01 && Math.abs(matrix.b) > 0.01;
  };

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !visible(element) || slanted(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      const thing = { element, node, text: node.data };
      const part = shownPart(element, rect, (by) => faults.push(`${by ? "clipped by " + name(by) : "outside the page"}: ${told(thing)}`));
      // the font's own box is taller than its letters, so that lines set close touch
      if (part) texts.push({ ...thing, sheet: sheetOf(element), ...inset(part, node.data.trim().length) });
    }
  }
  function inset({ left, right, top, bottom }, letters) {
    const [width, height] = [right - left, bottom - top];
    if (height > width && letters > 2) return { left: left + 0.2 * width, right: right - 0.2 * width, top, bottom };
    return { left, right, top: top + 0.2 * height, bottom: bottom - 0.2 * height };
  }

  const controls = [];
  document.querySelectorAll(CONTROLS).forEach((element) => {
    // the two handles of a range lie on tracks that let the pointer through to each other;
    // marks of a drawing are round, so that their boxes meet where they don't
    const through = styleOf(element).pointerEvents === "none" || element instanceof SVGElement;
    if (!visible(element) || through) return;
    for (const rect of element.getClientRects()) {
      const part = shownPart(element, rect);
      const text = element.textContent || element.getAttribute("aria-label") || element.value || "";
      if (part) controls.push({ element, text, sheet: sheetOf(element), ...part });
    }
  });

  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const kin = (a, b) => a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element);
  const compare = (what, things, others, akin) => {
    const all = [...new Set([...things, ...others])].sort((a, b) => a.top - b.top);
    const [first, second] = [new Set(things), new Set(others)];
    all.forEach((a, i) => {
      for (let j = i + 1; j < all.length && all[j].top < a.bottom; j += 1) {
        const b = all[j];
        const asked = (first.has(a) && second.has(b)) || (first.has(b) && second.has(a));
        if (asked && a.sheet === b.sheet && !akin(a, b) && meet(a, b)) faults.push(`${what}: ${told(a)} and ${told(b)}`);
      }
    });
  };
  const labelled = (a, b) => kin(a, b) || [...(a.element.labels ?? []), ...(b.element.labels ?? [])].some((label) => label.contains(a.element) && label.contains(b.element));
  compare("text over text", texts, texts, (a, b) => a.node === b.node);
  compare("control over control", controls, controls, labelled);
  compare("control over text", controls, texts, labelled);
  if (document.documentElement.scrollWidth > innerWidth + 1) faults.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  return [...new Set(faults)];
}
