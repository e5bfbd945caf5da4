// The ranked hub list, and the table that says the same as the picture.
function hubRow(i) {
  const hub = data.hubs[i];
  const why = [hub.tier && t("tier." + hub.tier), hub.mechanism.map((name) => textOr("mechanism." + name, name)).join(", ")].filter(Boolean).join(" · ");
  const figures = hub.exposure === null ? "" : t("hubs.reach", { value: share(hub.exposure) });
  const sure = hub.status === "hub" && hub.q !== null ? t("hubs.q", { value: chance(hub.q) }) : "";
  const button = el("button", { type: "button", class: "hub-row", "data-account": A.id[i], onclick: () => reveal(i) },
    el("span", { class: "place" }, hub.rank === null ? "" : number(hub.rank)), accountMark(i),
    el("span", { class: "name" }, nameOf(i)), el("span", { class: "why" }, [why, figures, sure].filter(Boolean).join(" · ")));
  return el("li", {}, button);
}

const byRank = (a, b) => (data.hubs[a].rank ?? 1e9) - (data.hubs[b].rank ?? 1e9) || a - b;

function fillHubs() {
  const listed = Object.keys(data.hubs).map(Number).sort(byRank);
  const sections = ["hub", "not called", "not testable"].map((status) => {
    const rows = listed.filter((i) => data.hubs[i].status === status);
    if (!rows.length && status !== "hub") return null;
    const title = el("h3", {}, t("hubs." + status), " ", el("span", { class: "count" }, number(rows.length)));
    const list = rows.length ? el("ol", { class: "hubs" }, ...rows.map(hubRow)) : el("p", { class: "note" }, data.reason || t("hubs.none"));
    if (status === "hub") return el("section", { class: "part" }, title, list);
    return el("details", { class: "part" }, el("summary", {}, title), el("p", { class: "note" }, t("hubs." + status + ".meaning")), list);
  });
  $("#hub-list").replaceChildren(...sections.filter(Boolean));
}

function tableRow(i) {
  const rank = data.ranks[view.size]?.[i];
  return el("tr", {}, el("th", { scope: "row" }, el("button", { type: "button", class: "plain", onclick: () => reveal(i) }, accountMark(i), " ", nameOf(i))),
    el("td", {}, roleName(A.role[i])), el("td", {}, communityTitle(A.community[i])), el("td", { class: "figure" }, number(data.values[view.size]?.[i])),
    el("td", { class: "figure" }, rank === null || rank === undefined ? "" : number(rank)), el("td", { class: "status" }, t("status." + statusOf(i))), el("td", { class: "figure" }));
}

// Rows come as they are scrolled to, and are kept: 1,500 at each filter took over a second.
const ROWS_AT_ONCE = 100;
let rows = { look: "", of: [] };
let listed = [];

function rowOf(i) {
  const look = [view.size, view.colour].join(" ");
  if (rows.look !== look) rows = { look, of: [] };
  const row = (rows.of[i] ??= tableRow(i));
  const many = number(neighbours(i).size);
  if (row.lastChild.textContent !== many) row.lastChild.textContent = many;
  return row;
}

function fillTable() {
  if ($("#table").hidden) return;
  const size = data.measures.find(({ key }) => key === view.size);
  const heads = [t("table.account"), t("table.role"), t("table.community"), size?.label ?? t("card.value"), t("card.rank", { n: data.total.accounts }), t("table.status"), t("table.neighbours")];
  $("#table-head").replaceChildren(...heads.map((text, k) => el("th", { scope: "col", class: [3, 4, 6].includes(k) ? "figure" : null }, text)));
  listed = order.filter((i) => shown[i]);
  $("#table-body").replaceChildren();
  $("#table").scrollTop = 0;
  addRows();
}

function addRows() {
  const body = $("#table-body");
  const from = body.rows.length;
  body.append(...listed.slice(from, from + ROWS_AT_ONCE).map(rowOf));
  const rest = listed.length - body.rows.length;
  $("#table-more").hidden = !rest;
  $("#table-more").textContent = t("table.more", { n: Math.min(rest, ROWS_AT_ONCE), rest });
  return body.rows[from];
}

$("#table-more").addEventListener("click", () => $("button", addRows()).focus());
const nearEnd = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && addRows(), { root: $("#table"), rootMargin: "600px" });
nearEnd.observe($("#table-more"));

function showTable(open) {
  $("#table").hidden = !open;
  $("#canvas").hidden = open;
  $("#map-tools").hidden = open;
  document.querySelectorAll("[data-action='table']").forEach((button) => button.setAttribute("aria-pressed", String(open)));
  fillTable();
  if (!open) network.redraw();
}
