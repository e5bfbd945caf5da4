// Numbers with the signs of the page's language, as the report writes them: not every browser
// knows how Kazakh writes its own.
const plural = new Intl.PluralRules(data.lang);
const styled = (options) => {
  const english = new Intl.NumberFormat("en", options);
  return (x) => signed(english.format(x));
};
const grouped = styled({ maximumFractionDigits: 0 });
const precise = styled({ maximumSignificantDigits: 3 });
const percent = styled({ style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDigits = styled({ maximumSignificantDigits: 2 });
const twoDecimals = styled({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

function signed(english) {
  const { group, decimal, percent: written } = data.signs;
  const number = english.replace("%", "").replace(/[.,]/g, (sign) => (sign === "." ? decimal : group)).replace(/^-/, "−");
  return english.endsWith("%") ? written.replace("{n}", number) : number;
}

const missing = (x) => x === null || x === undefined;

function number(x) {
  if (missing(x)) return "–";
  if (Number.isInteger(x) || Math.abs(x) >= 1000) return grouped(x);
  return Math.abs(x) >= 1e-4 ? precise(x) : signed(x.toExponential(1));
}

const fixed = (x) => (missing(x) ? "–" : twoDecimals(x));
const share = (x) => (missing(x) ? "–" : percent(x));

function chance(x) {
  if (missing(x)) return "–";
  return x < 0.001 ? "<" + twoDigits(0.001) : twoDigits(x);
}
