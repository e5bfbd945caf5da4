// Least weight of ties, least score of accounts: the steps are the values that there are.
const MOST_STEPS = 60;

function stepsOf(values) {
  const distinct = [...new Set(values.filter((x) => x > 0))].sort((a, b) => a - b);
  const many = Math.min(distinct.length, MOST_STEPS);
  const kept = indices(many).map((k) => distinct[Math.round((k * (distinct.length - 1)) / Math.max(many - 1, 1))]);
  return [0, ...kept.filter((x) => values.some((value) => (value ?? 0) < x))];
}

const sliders = {
  weight: { steps: stepsOf(tieWeight), words: () => t("least.ties", { n: tieShown.filter(Boolean).length }) },
  score: { steps: [0], words: () => t("least.accounts", { n: shown.filter(Boolean).length }) },
};

function stepAt({ steps }, value) {
  const place = steps.findIndex((step) => step >= value);
  return place < 0 ? steps.length - 1 : place;
}

function scoreSteps() {
  sliders.score.steps = stepsOf(data.values[view.size] ?? []);
  $("#score-name").textContent = data.measures.find(({ key }) => key === view.size)?.label ?? "";
}

function showSliders() {
  Object.entries(sliders).forEach(([name, slider]) => {
    const input = $("#" + name);
    const value = view[name];
    const words = (value ? t("least.value", { value: number(value) }) : t("least.all")) + " · " + slider.words();
    input.max = slider.steps.length - 1;
    input.value = stepAt(slider, value);
    input.setAttribute("aria-valuetext", words);
    $(`#${name}-words`).textContent = words;
    $(`#${name}-part`).hidden = slider.steps.length < 2;
  });
}

function startSliders() {
  scoreSteps();
  Object.entries(sliders).forEach(([name, slider]) => {
    const input = $("#" + name);
    input.addEventListener("input", () => changed(() => (view[name] = slider.steps[Number(input.value)])));
  });
}
