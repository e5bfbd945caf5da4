// Colour by a measure: five classes, the highest the fewest, so that the few who stand out do.
const RAMP = 5;
const CUTS = [0.5, 0.75, 0.9, 0.97];
let breaks = [];
const colours = new Array(N).fill("");

const byMeasure = () => view.colour in data.values;

function classOf(value) {
  return breaks.filter((limit) => value > limit).length;
}

const rampName = (k) => "ramp-" + (breaks.length ? 1 + Math.round((k * (RAMP - 1)) / breaks.length) : RAMP);

function colourAgain() {
  const values = data.values[view.colour] ?? [];
  const ranked = values.filter((x) => x !== null).sort((a, b) => a - b);
  const cuts = CUTS.map((part) => ranked[Math.floor(part * (ranked.length - 1))]);
  breaks = byMeasure() ? [...new Set(cuts)].filter((cut) => cut < ranked[ranked.length - 1]) : [];
  for (let i = 0; i < N; i += 1) colours[i] = colourName(i);
}

function colourName(i) {
  if (byMeasure()) return data.values[view.colour][i] === null ? "ramp-none" : rampName(classOf(data.values[view.colour][i]));
  return view.colour === "role" ? "role-" + (A.role[i] || "unknown") : communityColour(A.community[i]);
}

function communityColour(number) {
  const place = data.communities.findIndex((entry) => entry.number === number);
  return place >= 0 && place < COMMUNITY_COLOURS ? "community-" + (place + 1) : "community-other";
}

function classWords(k) {
  if (!breaks.length) return t("ramp.one");
  if (k === 0) return t("ramp.upto", { high: number(breaks[0]) });
  if (k === breaks.length) return t("ramp.over", { low: number(breaks[k - 1]) });
  return t("ramp.between", { low: number(breaks[k - 1]), high: number(breaks[k]) });
}

function rampRows() {
  const values = data.values[view.colour];
  const rows = indices(breaks.length + 1).map((k) => ({ colour: rampName(k), words: classWords(k), has: (i) => values[i] !== null && classOf(values[i]) === k }));
  if (values.includes(null)) rows.push({ colour: "ramp-none", words: t("ramp.none"), has: (i) => values[i] === null });
  return rows.reverse();
}

function showRamp() {
  $("#ramp-part").hidden = !byMeasure();
  if (!byMeasure()) return;
  $("#ramp-title").textContent = data.measures.find(({ key }) => key === view.colour)?.label ?? "";
  const seen = indices(N).filter((i) => shown[i]);
  $("#ramp").replaceChildren(...rampRows().map(({ colour, words, has }) => el("li", { class: "entry still" }, mark("dot", `var(--${colour})`), el("span", { class: "name" }, words), el("span", { class: "count" }, number(seen.filter(has).length)))));
}
