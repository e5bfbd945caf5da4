// What the reader has chosen, and what follows from it: which accounts and ties are to be seen.
const view = {
  selected: null,
  hovered: null,
  focus: null, // { centre, members: Set } while the ties of one account are shown alone
  hidden: { role: new Set(), community: new Set(), kind: new Set() },
  size: data.size,
  colour: data.communities.length ? data.colour : "role",
};

const tieFrom = graph.edges.from;
const tieTo = graph.edges.to;
const tieKind = graph.edges.kind;
const tieWeight = graph.edges.weight;
const tiesOf = indices(N).map(() => []);
indices(M).forEach((e) => {
  tiesOf[tieFrom[e]].push(e);
  if (tieTo[e] !== tieFrom[e]) tiesOf[tieTo[e]].push(e);
});

const shown = new Array(N).fill(true);
const tieShown = new Array(M).fill(true);
const radius = new Array(N).fill(0);
let order = indices(N); // most important first: called hubs, then by the measure of size

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

function decideShown() {
  const { role, community, kind } = view.hidden;
  for (let i = 0; i < N; i += 1) {
    const inFocus = view.focus === null || view.focus.members.has(i);
    shown[i] = inFocus && !role.has(A.role[i]) && !community.has(A.community[i]);
  }
  for (let e = 0; e < M; e += 1) {
    tieShown[e] = !kind.has(tieKind[e]) && shown[tieFrom[e]] && shown[tieTo[e]];
  }
}

const otherEnd = (e, i) => (tieFrom[e] === i ? tieTo[e] : tieFrom[e]);
const neighbours = (i) => new Set(tiesOf[i].filter((e) => tieShown[e]).map((e) => otherEnd(e, i)));

function tieCounts(i) {
  const counts = data.kinds.map((kind) => ({ kind, into: 0, out: 0 }));
  tiesOf[i].forEach((e) => {
    counts[tieKind[e]][tieTo[e] === i ? "into" : "out"] += 1;
  });
  return counts.filter((entry) => entry.into + entry.out);
}
