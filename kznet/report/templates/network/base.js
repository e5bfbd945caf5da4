// The page's data and texts, and the few helpers everything else uses.
const graph = read("kznet-graph");
const data = read("kznet-data");
const N = graph.nodes.id.length;
const M = graph.edges.from.length;
const A = data.accounts;
const T = data.time; // null where no tie has a time
const BINS = T ? T.starts.length : 0;
const plain = (text) => [...text.replace(/\p{C}/gu, "")].slice(0, 80).join(""); // ids are written by strangers too
const $ = (selector, within = document) => within.querySelector(selector);
const indices = (n) => Array.from({ length: n }, (_, i) => i);

// A tall screen shows the picture turned over its diagonal, so that it fills it.
function turnTall() {
  const { x, y } = graph.nodes;
  const spread = (values) => Math.max(...values) - Math.min(...values);
  if (innerHeight < 1.2 * innerWidth || spread(x) < spread(y)) return;
  [graph.nodes.x, graph.nodes.y] = [y, x];
  data.discs.forEach((disc) => ([disc.x, disc.y] = [disc.y, disc.x]));
  if (data.aside) [data.aside[0], data.aside[1], data.aside[2], data.aside[3]] = [data.aside[1], data.aside[0], data.aside[3], data.aside[2]];
}
turnTall();

function t(key, values = {}) {
  let entry = data.texts[key];
  if (entry === undefined) throw new Error("no text " + key);
  if (typeof entry !== "string") entry = entry[plural.select(Number(values.n))] ?? entry.other;
  for (const [name, value] of Object.entries(values)) {
    entry = entry.replaceAll("{" + name + "}", typeof value === "number" ? number(value) : String(value));
  }
  return entry;
}

const textOr = (key, fallback) => (key in data.texts ? t(key) : fallback);

// Texts go in as text nodes only: nothing an account calls itself can become markup.
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const nameOf = (i) => A.name[i];
const roleName = (role) => t("role." + (role || "unknown"));
const kindName = (k) => t("kind." + data.kinds[k]);
const statusOf = (i) => data.hubs[i]?.status ?? "unlisted";
const called = (i) => data.hubs[i]?.status === "hub";

function communityTitle(number) {
  if (number === null) return t("community.none");
  return data.communities.find((entry) => entry.number === number)?.title ?? t("community.title", { number });
}

function certainty(confidence) {
  if (confidence === null || confidence === undefined) return "";
  return t(data.certainties.find(([least]) => confidence >= least)[1]);
}
