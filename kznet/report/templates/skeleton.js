// Search that finds a name in whichever alphabet it is typed: both are brought to one Latin skeleton.
const LATIN = {
  а: "a", ә: "a", б: "b", в: "v", г: "g", ғ: "g", д: "d", е: "e", ё: "e", ж: "j", з: "z", и: "i", й: "i", і: "i",
  к: "k", қ: "k", л: "l", м: "m", н: "n", ң: "n", о: "o", ө: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ұ: "u",
  ү: "u", ф: "f", х: "h", һ: "h", ц: "ts", ч: "ch", ш: "sh", щ: "sh", ъ: "", ы: "i", ь: "", э: "e", ю: "iu", я: "ia",
};
const SAME = [[/shch|sch/g, "sh"], [/zh|dj/g, "j"], [/kh/g, "h"], [/gh/g, "g"], [/ng/g, "n"], [/q|c(?!h)/g, "k"], [/w/g, "v"], [/y/g, "i"], [/x/g, "ks"], [/(.)\1+/g, "$1"]];

function skeleton(text) {
  const lower = text.toLowerCase().replace(/[\u0400-\u04ff]/g, (letter) => LATIN[letter] ?? letter);
  const plain = lower.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[ıəŋ]/g, (letter) => ({ ı: "i", ə: "a", ŋ: "n" })[letter]);
  return SAME.reduce((seen, [from, to]) => seen.replace(from, to), plain);
}
