// What the reader has chosen, and what follows from it: which accounts and ties are to be seen.
const view = {
  selected: null,
  hovered: null,
  focus: null, // { centre, members: Set } while the ties of one account are shown alone
  hidden: { role: new Set(), community: new Set(), kind: new Set() },
  size: data.size,
  colour: data.communities.length ? data.colour : "role",
  score: 0, // least value of the measure of size
  weight: 0, // least weight of a tie
  from: 0, // first and last bin of the time shown
  to: BINS - 1,
};
const AT_FIRST = { size: view.size, colour: view.colour };

const tieFrom = graph.edges.from;
const tieTo = graph.edges.to;
const tieKind = graph.edges.kind;
const tieWeight = graph.edges.weight;
const tieNow = Float64Array.from(tieWeight); // the weight within the time shown
const tiesOf = indices(N).map(() => []);
indices(M).forEach((e) => {
  tiesOf[tieFrom[e]].push(e);
  if (tieTo[e] !== tieFrom[e]) tiesOf[tieTo[e]].push(e);
});

const shown = new Array(N).fill(true);
const tieShown = new Array(M).fill(true);
const radius = new Array(N).fill(0);
let order = indices(N); // most important first: called hubs, then by the measure of size
let counts = { role: new Map(), community: new Map(), kind: new Map() };

function measureAgain() {
  const values = data.values[view.size] ?? [];
  const largest = Math.max(0, ...values.map((x) => x ?? 0));
  const { smallest, largest: widest } = data.sizes;
  for (let i = 0; i < N; i += 1) {
    const part = largest > 0 ? Math.sqrt(Math.max(values[i] ?? 0, 0) / largest) : 0;
    radius[i] = smallest + (widest - smallest) * part;
  }
  order = indices(N).sort((a, b) => called(b) - called(a) || radius[b] - radius[a] || a - b);
}

const otherEnd = (e, i) => (tieFrom[e] === i ? tieTo[e] : tieFrom[e]);
const heavy = (e) => tieNow[e] > 0 && tieNow[e] >= view.weight;
const add = (counted, key) => counted.set(key, (counted.get(key) ?? 0) + 1);

// In focus, those stay that a visible tie joins with the account in the middle.
function joined() {
  if (!view.focus) return null;
  const { centre, members } = view.focus;
  const kept = tiesOf[centre].filter((e) => heavy(e) && !view.hidden.kind.has(tieKind[e]));
  return new Set([centre, ...kept.map((e) => otherEnd(e, centre)).filter((i) => members.has(i))]);
}

// Each count of the legend leaves its own filter out: it says what a tick would show.
function decideShown() {
  const { role, community, kind } = view.hidden;
  const inFocus = joined();
  const scores = data.values[view.size] ?? [];
  counts = { role: new Map(), community: new Map(), kind: new Map() };
  for (let i = 0; i < N; i += 1) {
    const middle = view.focus?.centre === i;
    const may = (!inFocus || inFocus.has(i)) && (middle || !view.score || (scores[i] ?? 0) >= view.score);
    const [byRole, byCommunity] = [!role.has(A.role[i]), !community.has(A.community[i])];
    shown[i] = may && (middle || (byRole && byCommunity));
    if (may && byCommunity) add(counts.role, A.role[i]);
    if (may && byRole) add(counts.community, A.community[i]);
  }
  for (let e = 0; e < M; e += 1) {
    const may = shown[tieFrom[e]] && shown[tieTo[e]] && heavy(e);
    tieShown[e] = may && !kind.has(tieKind[e]);
    if (may) add(counts.kind, tieKind[e]);
  }
}

const neighbours = (i) => new Set(tiesOf[i].filter((e) => tieShown[e]).map((e) => otherEnd(e, i)));
const communityShown = (number) => number !== null && !view.hidden.community.has(number);

function tieCounts(i) {
  const found = data.kinds.map((kind) => ({ kind, into: 0, out: 0 }));
  tiesOf[i].filter((e) => tieShown[e]).forEach((e) => {
    found[tieKind[e]][tieTo[e] === i ? "into" : "out"] += 1;
  });
  return found.filter((entry) => entry.into + entry.out);
}
