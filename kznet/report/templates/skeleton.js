// Search that finds a name in whichever alphabet it is typed: both are brought to one Latin skeleton.
const LATIN = {
  а: "a", ә: "a", б: "b", в: "v", г: "g", ғ: "g", д: "d", е: "e", ё: "e", ж: "j", з: "z", и: "i", й: "i", і: "i",
  к: "k", қ: "k", л: "l", м: "m", н: "n", ң: "n", о: "o", ө: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ұ: "u",
  ү: "u", ф: "f", х: "h", һ: "h", ц: "ts", ч: "ch", ш: "sh", щ: "sh", ъ: "", ы: "i", ь: "", э: "e", ю: "iu", я: "ia",
};
const SAME = [[/shch|sch/g, "sh"], [/zh|dj/g, "j"], [/kh/g, "h"], [/gh/g, "g"], [/ng/g, "n"], [/q|c(?!h)/g, "k"], [/w/g, "v"], [/y/g, "i"], [/x/g, "ks"], [/(.)\1+/g, "$1"]];

const MOST_FOUND = 12;

function skeleton(text) {
  const lower = text.toLowerCase().replace(/[\u0400-\u04ff]/g, (letter) => LATIN[letter] ?? letter);
  const plain = lower.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[ıəŋ]/g, (letter) => ({ ı: "i", ə: "a", ŋ: "n" })[letter]);
  return SAME.reduce((seen, [from, to]) => seen.replace(from, to), plain);
}

// Things by the names they go by: each with its names as they are written, and their skeletons.
const spelt = (names) => ({ plain: names.map((name) => name.toLowerCase()), bones: names.map(skeleton) });

// Those whose names fit what is typed: by their beginning, then by a part, then by their skeleton.
function fitting(query, things) {
  const wanted = query.trim().toLowerCase();
  const bones = skeleton(wanted);
  if (!wanted) return [];
  const score = (thing) => {
    if (thing.plain.some((name) => name.startsWith(wanted))) return 3;
    if (thing.plain.some((name) => name.includes(wanted))) return 2;
    return bones.length > 1 && thing.bones.some((name) => name.includes(bones)) ? 1 : 0;
  };
  const scored = things.map((thing) => [score(thing), thing]).filter(([points]) => points);
  return scored.sort(([a], [b]) => b - a).slice(0, MOST_FOUND).map(([, thing]) => thing);
}
