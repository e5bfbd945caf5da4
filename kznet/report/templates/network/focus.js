// One account and those tied with it, in rings around it; and the way back.
const MOST_AROUND = 150;
const UP = -Math.PI / 2;

function ringPlaces(centre, around) {
  // one direction each, the rings by turns: as many as their length holds
  const gap = 2 * Math.max(...around.map((i) => radius[i]), 8) + 16;
  // as wide as the view, less the names that stand beside the outer ring
  const stretch = Math.min(1.6, Math.max(0.6, (canvas.clientWidth - 250) / Math.max(canvas.clientHeight - 150, 1)));
  let away = Math.max(120, 0.6 * gap * Math.min(around.length, 24) / Math.PI);
  const rings = [];
  for (let room = 0; room < around.length; away += gap + 26) {
    const holds = Math.max(Math.floor((2 * Math.PI * away) / gap), 1);
    rings.push({ away, holds, used: 0 });
    room += holds;
  }
  const places = around.map((i, k) => {
    const ring = rings.reduce((least, each) => ((each.used + 0.5) / each.holds < (least.used + 0.5) / least.holds ? each : least));
    ring.used += 1;
    const angle = UP + (2 * Math.PI * (k + 0.5)) / around.length;
    return [i, stretch * ring.away * Math.cos(angle), ring.away * Math.sin(angle)];
  });
  return [[centre, 0, 0], ...places];
}

function focusOn(i) {
  if (view.focus) leaveFocus(false);
  const strongest = [...neighbours(i)].sort((a, b) => called(b) - called(a) || radius[b] - radius[a] || a - b);
  const around = strongest.slice(0, MOST_AROUND);
  around.sort((a, b) => (A.community[a] ?? 1e9) - (A.community[b] ?? 1e9) || radius[b] - radius[a] || a - b);
  view.focus = { centre: i, members: new Set([i, ...around]) };
  select(i);
  moveTo(ringPlaces(i, around));
  refresh();
  fit();
}

// The count follows the filters: only those that a visible tie joins are there.
function showFocus() {
  $("#focus").hidden = !view.focus;
  if (!view.focus) return;
  const { centre } = view.focus;
  $("#focus-text").textContent = t("network.focus", { n: shown.filter(Boolean).length - 1, name: shorten(nameOf(centre)) });
}

function leaveFocus(again = true) {
  if (!view.focus) return;
  const members = [...view.focus.members];
  view.focus = null;
  moveTo(members.map((i) => [i, homeX[i], homeY[i]]));
  if (!again) {
    decideShown();
    return;
  }
  remember();
  refresh();
  fit();
}

$("#focus-back").addEventListener("click", () => leaveFocus());
