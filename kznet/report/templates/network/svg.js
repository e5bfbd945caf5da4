// The picture as a drawing of lines and text: what is seen, its legend, and what to say beneath.
const ROW = 22;
const AIR = 14;
const short = (x) => String(Math.round(x * 10) / 10);

function drawnTies(s, [dx, dy]) {
  const line = (e) => `M${short(X[tieFrom[e]] * s + dx)} ${short(Y[tieFrom[e]] * s + dy)}L${short(X[tieTo[e]] * s + dx)} ${short(Y[tieTo[e]] * s + dy)}`;
  const head = (corners) => "M" + corners.map(([x, y]) => `${short(x * s + dx)} ${short(y * s + dy)}`).join("L") + "Z";
  return tieSheets().flatMap(({ kind, width, alpha, ties, lit: bright }) => {
    const colour = theme["tie-" + kind];
    const paint = { fill: "none", stroke: colour, "stroke-width": short(width), "stroke-opacity": alpha.toFixed(2), "stroke-dasharray": DASHES[kind].join(" ") || "none" };
    const heads = bright ? ties.map(headOf).filter(Boolean).map(head).join("") : "";
    return [svg("path", { d: ties.map(line).join(""), ...paint }), ...(heads ? [svg("path", { d: heads, fill: colour })] : [])];
  });
}

function drawnAccount(i, s, [dx, dy]) {
  const [x, y, r] = [X[i] * s + dx, Y[i] * s + dy, markRadius(i) * s];
  const group = svg("g", distant(i) ? { opacity: 0.25 } : {}, svg("title", {}, nameOf(i)));
  group.append(form(shapeOf(i), x, y, r, { fill: theme[colours[i]], stroke: theme.ink, "stroke-opacity": 0.55, "stroke-width": 0.8 }));
  const ringed = (reach, colour, dash) => svg("circle", { cx: short(x), cy: short(y), r: short(reach), fill: "none", stroke: colour, "stroke-width": 2.4, "stroke-dasharray": dash });
  if (called(i)) group.append(ringed(r * 1.25 + 4, theme.ring, data.hubs[i].tier === "strong" ? "none" : "4 3"));
  if (i === view.selected) group.append(ringed(r * 1.25 + (called(i) ? 8.5 : 4.5), theme.accent, "none"));
  return group;
}

function drawnNames(s, [dx, dy]) {
  return placed.boxes.flatMap((label) => {
    const words = { x: short(label.left + 3 + dx), y: short((label.top + label.bottom) / 2 + dy + 0.36 * label.px), "font-size": label.px, "font-weight": label.strong ? 600 : 400, fill: label.title ? theme["title-ink"] : theme.ink, stroke: theme.paper, "stroke-width": HALO, "stroke-linejoin": "round", "paint-order": "stroke", opacity: label.account !== undefined && distant(label.account) ? 0.35 : 1 };
    const text = svg("text", words, label.text);
    if (!label.led) return [text];
    const [x1, y1, x2, y2] = leader(label, s);
    return [svg("line", { x1: short(x1 + dx), y1: short(y1 + dy), x2: short(x2 + dx), y2: short(y2 + dy), stroke: theme.ink }), text];
  });
}

// What the legend says: pairs of a sign, drawn around the left end of its words, and the words.
function signs() {
  const of = (shape, colour) => (x, y) => form(shape, x, y, 5.5, { fill: theme[colour], stroke: theme.ink, "stroke-opacity": 0.55, "stroke-width": 0.7 });
  const seen = indices(N).filter((i) => shown[i]);
  const roles = data.roles.filter((role) => seen.some((i) => A.role[i] === role));
  const byRole = view.colour === "role";
  const meaning = byMeasure() ? rampRows().map(({ colour, words }) => [of("dot", colour), words]) : byRole ? [] : data.communities.filter(({ number: each }) => communityShown(each)).slice(0, COMMUNITY_COLOURS).map(({ number: each, title }) => [of("dot", communityColour(each)), title]);
  const shapes = roles.map((role) => [of(shapeOf(A.role.indexOf(role)), byRole ? "role-" + (role || "unknown") : "muted"), roleName(role)]);
  const kinds = data.kinds.filter((kind, k) => !view.hidden.kind.has(k)).map((kind) => [(x, y) => svg("line", { x1: x - 8, x2: x + 8, y1: y, y2: y, stroke: theme["tie-" + kind], "stroke-width": 2.2, "stroke-dasharray": DASHES[kind].join(" ") || "none" }), t("kind." + kind)]);
  const circle = (dash) => (x, y) => svg("circle", { cx: x, cy: y, r: 7, fill: "none", stroke: theme.ring, "stroke-width": 2, "stroke-dasharray": dash });
  const tiers = ["strong", "indicative"].filter((tier) => seen.some((i) => called(i) && data.hubs[i].tier === tier));
  return [...meaning, ...shapes, ...kinds, ...tiers.map((tier) => [circle(tier === "strong" ? "none" : "4 3"), t("status.hub") + ": " + t("tier." + tier)])];
}

function drawnLegend(width, top) {
  const pen = el("canvas").getContext("2d");
  pen.font = `12px ${theme["canvas-font"]}`;
  const group = svg("g", { "font-size": 12, fill: theme.ink });
  let [x, y] = [AIR, top + ROW];
  signs().forEach(([sign, words]) => {
    const long = 24 + pen.measureText(words).width + 18;
    if (x + long > width && x > AIR) [x, y] = [AIR, y + ROW];
    group.append(sign(x + 8, y), svg("text", { x: x + 22, y: y + 4 }, words));
    x += long;
  });
  return { group, bottom: y + ROW };
}

function captions() {
  const range = timed() ? t("time.range", { from: T.starts[view.from], to: T.ends[view.to], days: "" }).replace(/[ ()]+$/, "") : null;
  const size = data.measures.find(({ key }) => key === view.size)?.label;
  const caption = t("network.picture", { shown: number(shown.filter(Boolean).length), n: data.total.accounts });
  return [[size && t("network.size") + ": " + size, range].filter(Boolean).join(" · "), caption].filter(Boolean);
}

function drawing() {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const [s, by] = [scale(), offset()];
  const legend = drawnLegend(width, height);
  const foot = captions().map((words, k) => svg("text", { x: AIR, y: legend.bottom + 6 + k * ROW, "font-size": 12, fill: theme.muted }, words));
  const whole = legend.bottom + foot.length * ROW;
  const seen = indices(N).filter((i) => shown[i]).reverse();
  const discs = discsSeen().map((disc) => svg("circle", { cx: short(disc.x * s + by[0]), cy: short(disc.y * s + by[1]), r: short(disc.radius * s), fill: theme.disc, stroke: theme[discColour(disc)] }));
  const frame = svg("clipPath", { id: "frame" }, svg("rect", { width, height }));
  const picture = svg("g", { "clip-path": "url(#frame)" }, svg("g", {}, ...discs), svg("g", {}, ...drawnTies(s, by)), svg("g", {}, ...seen.map((i) => drawnAccount(i, s, by))), svg("g", {}, ...drawnNames(s, by)));
  const sheet = svg("svg", { viewBox: `0 0 ${width} ${whole}`, width, height: whole, "font-family": theme["canvas-font"], lang: data.lang });
  sheet.append(svg("title", {}, document.title), svg("desc", {}, captions().join(". ")), frame, svg("rect", { width, height: whole, fill: theme.paper }), picture, svg("line", { x1: AIR, x2: width - AIR, y1: height, y2: height, stroke: theme.line }), legend.group, ...foot);
  return { text: new XMLSerializer().serializeToString(sheet), width, height: whole };
}

function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  $("#share").open = false;
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const saveDrawing = () => save(new Blob([drawing().text], { type: "image/svg+xml" }), "kznet-network.svg");

// The same drawing in points, twice as fine as the screen for print.
function savePicture() {
  const { text, width, height } = drawing();
  const fine = Math.max(2, devicePixelRatio);
  const sheet = el("canvas", { width: width * fine, height: Math.ceil(height * fine) });
  const image = new Image();
  image.addEventListener("load", () => {
    sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
    const [, points] = sheet.toDataURL().split(","); // `toBlob` waits until the page has nothing else to do
    save(new Blob([Uint8Array.from(atob(points), (letter) => letter.charCodeAt(0))], { type: "image/png" }), "kznet-network.png");
  });
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
}
