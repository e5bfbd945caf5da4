// What is known about one account, how sure it is, and what it doesn't mean.
const part = (title, ...content) => el("section", { class: "part" }, el("h3", {}, title), ...content);
const fact = (name, value, title) => [el("dt", { title }, name), el("dd", {}, value)];
const facts = (...pairs) => el("dl", { class: "facts" }, ...pairs.filter(Boolean).flat());

function badge(i) {
  const hub = data.hubs[i];
  const status = statusOf(i);
  const tier = status === "hub" && hub.tier ? " · " + t("tier." + hub.tier) : "";
  const label = hub?.label ? " · " + textOr("label." + hub.label, hub.label) : "";
  return el("p", { class: "badge " + status.replace(" ", "-") }, t("status." + status) + tier + label);
}

function heading(i) {
  const community = communityTitle(A.community[i]);
  const sure = certainty(A.confidence[i]);
  const known = [roleName(A.role[i]), A.camp[i] && textOr("group." + A.camp[i], A.camp[i]), data.clear ? community + (sure ? ` (${sure}, ${number(A.confidence[i])})` : "") : null];
  const lines = [el("h2", { id: "card-name", tabindex: "-1" }, accountMark(i), el("span", {}, nameOf(i)))];
  const also = [A.handle[i] && A.handle[i] !== A.name[i] ? A.handle[i] : null, A.id[i] !== nameOf(i) ? plain(A.id[i]) : null].filter(Boolean);
  if (also.length) lines.push(el("p", { class: "ids" }, also.join(" · ")));
  lines.push(el("p", {}, known.filter(Boolean).join(" · ")));
  return lines;
}

function position(i) {
  const rows = data.measures.map(({ key, label, meaning }) => {
    const rank = data.ranks[key]?.[i];
    return el("tr", {}, el("th", { scope: "row", title: meaning }, label), el("td", {}, number(data.values[key][i])), el("td", {}, rank === null || rank === undefined ? "" : number(rank)));
  });
  if (!rows.length) return null;
  const head = el("tr", {}, el("th", { scope: "col" }, t("card.measure")), el("th", { scope: "col" }, t("card.value")), el("th", { scope: "col" }, t("card.rank", { n: data.total.accounts })));
  return part(t("card.position"), el("table", { class: "small" }, el("thead", {}, head), el("tbody", {}, ...rows)));
}

function exposure(i) {
  const hub = data.hubs[i];
  if (!hub || hub.exposure === null) return null;
  const interval = hub.exposure_low === null ? "" : t("card.interval", { low: share(hub.exposure_low), high: share(hub.exposure_high) });
  const largest = Math.max(...Object.values(data.hubs).map((each) => each.exposure_high ?? each.exposure ?? 0));
  return part(t("card.reach"), el("p", { class: "lead" }, el("strong", {}, share(hub.exposure)), " ", interval), intervalBar(hub.exposure, hub.exposure_low, hub.exposure_high, largest), el("p", { class: "note" }, data.reach));
}

function intervalBar(value, low, high, largest) {
  const x = (v) => (300 * v) / (largest || 1);
  const bar = svg("svg", { viewBox: "0 0 300 14", class: "bar", role: "img", "aria-label": t("card.interval", { low: share(low), high: share(high) }) });
  bar.append(svg("rect", { x: 0, y: 4, width: 300, height: 6, class: "track" }), svg("rect", { x: 0, y: 4, width: x(value), height: 6, class: "amount" }));
  if (low !== null) bar.append(svg("line", { x1: x(low), x2: x(high), y1: 7, y2: 7, class: "whisker" }), svg("line", { x1: x(low), x2: x(low), y1: 2, y2: 12, class: "whisker" }), svg("line", { x1: x(high), x2: x(high), y1: 2, y2: 12, class: "whisker" }));
  return bar;
}

// Observed value against the band in which chance alone leaves 95 % of the values.
function bandPlot(test) {
  const { observed, null_low: low, null_high: high, null_median: median } = test;
  if ([observed, low, high].includes(null)) return null;
  const from = Math.min(0, low, observed);
  const x = (v) => 8 + (284 * (v - from)) / (Math.max(high, observed, 1e-12) * 1.04 - from);
  const plot = svg("svg", { viewBox: "0 0 300 46", class: "band", role: "img", "aria-label": t("card.band.words", { observed: number(observed), low: number(low), high: number(high) }) });
  plot.append(svg("line", { x1: 8, x2: 292, y1: 16, y2: 16, class: "axis" }), svg("rect", { x: x(low), y: 8, width: Math.max(x(high) - x(low), 2), height: 16, class: "chance" }));
  if (median !== null) plot.append(svg("line", { x1: x(median), x2: x(median), y1: 8, y2: 24, class: "middle" }));
  plot.append(svg("circle", { cx: x(observed), cy: 16, r: 5.5, class: "observed" }));
  const label = (at, text, name) => svg("text", { x: Math.min(Math.max(at, 4), 296), y: 41, "text-anchor": at > 220 ? "end" : at < 80 ? "start" : "middle", class: name }, text);
  const crowded = Math.abs(x(observed) - x(high)) < 130;
  plot.append(label(x(observed), t("card.observed", { value: number(observed) }), "observed-text"));
  if (!crowded || x(observed) > 190) plot.append(label(crowded ? 8 : (x(low) + x(high)) / 2, t("card.chance", { value: number(high) }), "chance-text"));
  return plot;
}

const testFacts = (test) => facts(
  fact(t("card.p"), chance(test.p), t("card.p.meaning")),
  fact(t("card.q"), chance(test.q), t("card.q.meaning")),
  test.effect !== null && test.meetings >= 5 && fact( // below, it says nothing
    t("card.effect"), fixed(test.effect), t("card.effect.meaning")),
  test.meetings !== null && fact(t("card.meetings"), number(test.meetings), t("card.meetings.meaning")),
  test.posts !== null && fact(t("card.posts"), number(test.posts)),
  test.reposts !== null && fact(t("card.reposts"), number(test.reposts)),
  test.members !== null && fact(t("card.members"), test.members === 0 ? t("card.members.none") : t("card.atleast", { value: number(test.members) }) + (test.confirmed === null ? "" : t("card.confirmed", { n: test.confirmed }))),
  test.coordinated_share_at_least > 0 && fact(t("card.share"), t("card.atleast", { value: share(test.coordinated_share_at_least) })),
  test.p_without_posts !== null && fact(t("card.withoutposts"), chance(test.p_without_posts)),
  test.p_without_member !== null && fact(t("card.withoutmember"), chance(test.p_without_member))
);

function testPart(test) {
  const title = textOr("mechanism." + test.mechanism, test.mechanism);
  const reason = test.reason === null ? null : data.reasons[test.reason];
  if (test.status !== "tested") return el("div", { class: "test" }, el("h4", {}, title), el("p", {}, reason ? t(test.status === "not applicable" ? "card.inapplicable" : "card.untestable", { reason }) : t("status.not testable")));
  const band = bandPlot(test);
  return el("div", { class: "test" }, el("h4", {}, title), el("p", { class: "note" }, textOr("mechanism." + test.mechanism + ".meaning", "")), band, band && el("p", { class: "note" }, textOr("card.band." + test.mechanism, t("card.band"))), testFacts(test), test.figures && facts(...test.figures.map(([name, words]) => fact(name, words))), reason && el("p", {}, reason), test.note && el("p", { class: "note" }, test.note));
}

// How sure: what q and the interval say, in words, before any figure that needs explaining.
function sureness(i) {
  const hub = data.hubs[i];
  if (!hub) return null;
  const lines = [
    called(i) && hub.q !== null && t("card.sure.q", { share: share(Math.max(hub.q, 0.001)), q: chance(hub.q) }),
    hub.exposure_low !== null && t("card.sure.reach", { low: share(hub.exposure_low), high: share(hub.exposure_high) }),
    t("card.sure." + (called(i) ? "hub" : "other")),
  ];
  return part(t("card.sure"), ...lines.filter(Boolean).map((words) => el("p", {}, words)));
}

function tests(i) {
  const rows = data.tests[i] ?? [];
  const content = rows.length ? rows.map(testPart) : [el("p", {}, t("card.tests.none"))];
  const screens = (data.screens[i] ?? []).map(({ screen, detail }) => el("p", {}, t("card.screened", { screen: textOr("screen." + screen, screen), detail })));
  return part(t("card.tests"), ...screens, ...content);
}

// Innocent things that would look the same: what was looked for, and what came of it.
function explanations(i) {
  const rows = data.explanations[i];
  if (!rows) return null;
  const items = rows.map(({ mechanism, explanation, found, words }) => el("li", {}, el("strong", {}, textOr("explanation." + explanation, explanation)), " – " + t("found." + found), el("span", { class: "note", title: textOr("mechanism." + mechanism, mechanism) }, words)));
  return part(t("card.explanations"), el("p", { class: "note" }, t("card.explanations.meaning")), el("ul", { class: "examples" }, ...items));
}

function examples(i) {
  const rows = data.evidence[i];
  if (!rows) return null;
  const lists = [...new Set(rows.map((row) => row.mechanism))].flatMap((mechanism) => [
    el("p", { class: "note" }, textOr("card.examples." + mechanism, t("card.examples.meaning"))),
    el("ol", { class: "examples" }, ...rows.filter((row) => row.mechanism === mechanism).map(example))
  ]);
  return part(t("card.examples"), ...lists);
}

function example(row) {
  const about = row.side ? t("side." + row.side) + ": " + textOr("category." + row.category, row.category) : row.accounts.join(", ") + (row.more ? " " + t("card.more", { n: row.more }) : "");
  const apart = row.gap === null ? null : row.mechanism === "pseudo_official" ? t(row.gap > 0 ? "card.earlier" : "card.later", { n: Math.abs(row.gap) }) : t("card.gap", { n: row.gap });
  return el("li", {}, el("span", { class: "when" }, [row.time, row.post].filter(Boolean).join(" · ")), about && el("span", {}, about), apart && el("span", { class: "note" }, apart));
}

function tiesPart(i) {
  const section = (...content) => el("section", { class: "part", id: "ties-part" }, el("h3", {}, t("card.ties")), ...content);
  const rows = tieCounts(i).map(({ kind, into, out }) => el("tr", {}, el("th", { scope: "row" }, tieSample(kind), " ", t("kind." + kind)), el("td", {}, number(into)), el("td", {}, number(out))));
  if (!rows.length) return section(el("p", {}, t("card.ties.none")));
  const head = el("tr", {}, el("th", { scope: "col" }, t("card.kind")), el("th", { scope: "col" }, t("card.into")), el("th", { scope: "col" }, t("card.out")));
  return section(el("table", { class: "small" }, el("thead", {}, head), el("tbody", {}, ...rows)));
}

function card(i) {
  const hub = data.hubs[i];
  const actions = el("p", { class: "actions" }, el("button", { type: "button", class: "primary", id: "focus-on", onclick: () => focusOn(i) }, t("card.focus")), el("button", { type: "button", onclick: () => copyAddress(addressOf("#account=" + encode(A.id[i])), $("#copied")) }, t("card.link")), hub?.dossier ? el("a", { href: hub.dossier }, t("card.dossier")) : null, hub?.listed ? el("a", { href: "index.html#hub-" + hub.row }, t("card.report")) : null, el("span", { id: "copied", role: "status" }));
  const reason = hub?.reason ? el("p", { class: "reason" }, hub.reason) : null;
  const caution = part(t("card.caution"), el("p", {}, t(called(i) ? "card.caution.hub" : "card.caution.other")), el("p", { class: "note" }, t("card.reply")));
  return [...heading(i), badge(i), reason, actions, exposure(i), sureness(i), tests(i), explanations(i), examples(i), position(i), tiesPart(i), caution].filter(Boolean);
}
