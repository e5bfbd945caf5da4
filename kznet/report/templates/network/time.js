// When ties happened: a histogram with two handles. Ties without a time stay, and are counted.
const partOf = new Int32Array(T ? T.bins.length : 0); // the tie of each part
const undated = Float64Array.from(tieWeight);
if (T) {
  let at = 0;
  T.parts.forEach((many, e) => partOf.fill(e, at, (at += many)));
  T.weights.forEach((weight, k) => (undated[partOf[k]] -= weight));
  undated.forEach((rest, e) => (undated[e] = rest > 0.006 ? rest : 0)); // weights are rounded
}

const timed = () => T !== null && (view.from > 0 || view.to < BINS - 1);

function weighInRange() {
  if (!timed()) return tieNow.set(tieWeight);
  tieNow.set(undated);
  for (let k = 0; k < partOf.length; k += 1) {
    if (T.bins[k] >= view.from && T.bins[k] <= view.to) tieNow[partOf[k]] += T.weights[k];
  }
}

// What each bin holds of the ties that the other filters leave.
function histogram() {
  const bars = new Float64Array(BINS);
  const may = indices(M).map((e) => shown[tieFrom[e]] && shown[tieTo[e]] && !view.hidden.kind.has(tieKind[e]));
  for (let k = 0; k < partOf.length; k += 1) if (may[partOf[k]]) bars[T.bins[k]] += T.weights[k];
  return bars;
}

const dayAt = (bin) => new Date(Date.parse(T.first) + bin * T.step * 864e5).toISOString().slice(0, 10);
const binAt = (day) => Math.floor((Date.parse(day) - Date.parse(T.first)) / (T.step * 864e5));

function rangeWords(bars) {
  const within = bars.slice(view.from, view.to + 1).reduce((sum, x) => sum + x, 0);
  const stay = indices(M).filter((e) => tieShown[e] && undated[e]).length;
  const range = { from: T.starts[view.from], to: T.ends[view.to] };
  const long = Math.round((Date.parse(dayAt(view.to + 1)) - Date.parse(dayAt(view.from))) / 864e5);
  const words = [timed() ? t("time.range", { ...range, days: t("time.days", { n: long }) }) : t("time.all", range), t("time.acts", { n: Math.round(within) })];
  return words.join(" · ") + (stay ? ". " + t("time.undated", { n: stay }) : "");
}

function drawBars(bars) {
  const top = Math.max(...bars, 1);
  const bar = (x, bin) => {
    const high = x ? Math.max((x / top) * 40, 1) : 0;
    return svg("rect", { x: bin + 0.08, width: 0.84, y: 40 - high, height: high, class: bin >= view.from && bin <= view.to ? "within" : "without" });
  };
  $("#bars").replaceChildren(...[...bars].map(bar));
}

function showTime() {
  if (!T) return;
  const bars = histogram();
  drawBars(bars);
  [["#from", view.from, T.starts], ["#to", view.to, T.ends]].forEach(([id, bin, days]) => {
    $(id).value = bin;
    $(id).setAttribute("aria-valuetext", days[bin]);
  });
  $("#from").style.zIndex = view.from > BINS / 2 ? 2 : 1; // else two handles at one end can't be parted
  $("#range").style.left = (100 * view.from) / BINS + "%";
  $("#range").style.right = 100 - (100 * (view.to + 1)) / BINS + "%";
  $("#time-words").textContent = rangeWords(bars);
  $("#time-all").hidden = !timed();
}

function setTime(from, to) {
  view.from = Math.max(0, Math.min(from, BINS - 1));
  view.to = Math.max(view.from, Math.min(to, BINS - 1));
  weighInRange();
}

function startTime() {
  document.querySelectorAll("#time, [data-panel-button='time']").forEach((part) => (part.hidden = !T));
  if (!T) return;
  $("#bars").setAttribute("viewBox", `0 0 ${BINS} 40`);
  const dated = new Set([...partOf].map((e) => tieKind[e]));
  if (dated.size === 1) $("#bars").style.setProperty("--bar", `var(--tie-${data.kinds[[...dated][0]]})`);
  $("#time-first").textContent = T.starts[0];
  $("#time-last").textContent = T.ends[BINS - 1];
  const [from, to] = [$("#from"), $("#to")];
  from.max = to.max = BINS - 1;
  from.addEventListener("input", () => changed(() => setTime(Math.min(Number(from.value), view.to), view.to)));
  to.addEventListener("input", () => changed(() => setTime(view.from, Math.max(Number(to.value), view.from))));
  $("#time-all").addEventListener("click", () => {
    changed(() => setTime(0, BINS - 1));
    from.focus();
  });
}
