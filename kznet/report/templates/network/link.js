// The address holds what the reader chose, so that a view can be kept, cited and sent.
const encode = encodeURIComponent;
const PAUSE = 250;

function hiddenWords() {
  const word = { role: (role) => role || "unknown", community: (number) => number ?? "none", kind: (k) => data.kinds[k] };
  return Object.entries(view.hidden).flatMap(([filter, values]) => [...values].map((value) => `${filter}:${encode(word[filter](value))}`)).sort();
}

function state() {
  const parts = [];
  const say = (name, words) => parts.push(name + "=" + words);
  if (view.selected !== null) say("account", encode(A.id[view.selected]));
  if (view.focus) say("focus", encode(A.id[view.focus.centre]));
  if (view.size !== AT_FIRST.size) say("size", encode(view.size));
  if (view.colour !== AT_FIRST.colour) say("colour", encode(view.colour));
  if (hiddenWords().length) say("hide", hiddenWords().join(","));
  if (timed()) say("from", dayAt(view.from));
  if (timed()) say("to", dayAt(view.to));
  if (view.weight) say("weight", view.weight);
  if (view.score) say("score", view.score);
  return parts.length ? "#" + parts.join("&") : "";
}

// Where another file holds this page, the address that can be kept is that file's.
const holder = frameElement?.dataset.path;
const outer = holder ? parent : window;
const addressOf = (fragment) => outer.location.href.split("#")[0] + (holder ? "#/" + holder : "") + fragment;
const address = () => addressOf(state());
let resting = null;
let written = "";

// Browsers refuse an address that changes hundreds of times while a handle is drawn.
function remember() {
  if (resting !== null) return;
  outer.history.replaceState(null, "", (written = address()));
  resting = setTimeout(() => {
    resting = null;
    if (written !== address()) remember();
  }, PAUSE);
}

const READERS = {
  size: (words) => words in data.values && (chooseSize(words), true),
  colour: (words) => [...$("#colour").options].some(({ value, disabled }) => value === words && !disabled) && (chooseColour(words), true),
  hide: (words) => words.split(",").map(hideOne).every(Boolean),
  from: (words) => T !== null && binAt(words) < BINS && (setTime(binAt(words), view.to), true),
  to: (words) => T !== null && binAt(words) >= view.from && (setTime(view.from, binAt(words)), true),
  weight: (words) => Number(words) > 0 && ((view.weight = Math.min(Number(words), sliders.weight.steps.at(-1))), true),
  score: (words) => Number(words) > 0 && ((view.score = Math.min(Number(words), sliders.score.steps.at(-1))), true),
};

function hideOne(words) {
  const [filter, word] = words.split(":");
  const value = filter === "role" && word === "unknown" ? "" : filter === "community" ? (word === "none" ? null : Number(word)) : filter === "kind" ? data.kinds.indexOf(word) : word;
  const known = [...document.querySelectorAll(`[data-filter]`)].some(({ entry: each }) => each.filter === filter && each.value === value);
  if (known) view.hidden[filter].add(value);
  return known;
}

const accountIn = (wanted, name) => (wanted.has(name) ? A.id.indexOf(wanted.get(name)) : null);

function follow() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (view.focus) leaveFocus(false);
  unfilter();
  chooseSize(AT_FIRST.size);
  chooseColour(AT_FIRST.colour);
  const strange = Object.entries(READERS).filter(([name, reads]) => wanted.has(name) && !reads(wanted.get(name)));
  refresh();
  fit();
  const [account, focus] = [accountIn(wanted, "account"), accountIn(wanted, "focus")];
  if (focus !== null && focus >= 0) focusOn(focus);
  if (account !== null && account >= 0) reveal(account, { keep: true });
  else if (focus === null) select(null);
  const lost = account === -1 || focus === -1;
  $("#missing").hidden = !lost && !strange.length;
  $("#missing").textContent = lost ? t("network.missing", { n: N }) : strange.length ? t("link.strange", { names: strange.map(([name]) => name).join(", ") }) : "";
}

function copyAddress(link, said) {
  const done = () => (said.textContent = t("card.copied"));
  const shown = () => (said.textContent = link);
  navigator.clipboard?.writeText(link).then(done, shown) ?? shown();
}
