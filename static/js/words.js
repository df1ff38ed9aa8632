// What words look like: special, and of which category. The rules are the server's own (secrets_manual/rules), as data,
// so that the page can warn and propose without sending a letter of what is typed.
let asked;

export function load(url) {
  asked ??= fetch(url)
    .then((answer) => (answer.ok ? answer : Promise.reject(new Error(answer.status))))
    .catch(() => caches.match(url))
    .then((answer) => answer.json())
    .then(compiled)
    .catch(() => (asked = undefined));
  return asked;
}

const compiledAll = (patterns) => Object.entries(patterns).map(([key, pattern]) => [key, new RegExp(pattern, "g")]);

function compiled(rules) {
  const harmless = new RegExp(rules.harmless, "g");
  const special = compiledAll(rules.special);
  const hints = compiledAll(rules.hints);
  return {
    special(text) {
      const { plain, from, to } = flat(text, rules.letters);
      const left = plain.replace(harmless, (match) => rules.blot.repeat(match.length));
      return special.flatMap(([ground, pattern]) => {
        const at = left.search(pattern);
        if (at < 0) return [];
        pattern.lastIndex = 0;
        const { 0: match, index } = pattern.exec(left);
        return [{ ground, word: text.slice(from[index], to[index + match.length - 1]) }];
      });
    },
    category(text) {
      const { plain } = flat(text, rules.letters);
      const scores = hints.map(([key, pattern]) => [key, [...plain.matchAll(pattern)].length]);
      const [best, score] = scores.reduce((most, one) => (one[1] > most[1] ? one : most));
      return score ? best : "";
    },
  };
}

// Lower case, no accents, and for each letter where it stood in the text.
function flat(text, letters) {
  let plain = "";
  const from = [];
  const to = [];
  let place = 0;
  for (const letter of text) {
    const low = letter.toLowerCase();
    const bare = (letters[low] ?? low).normalize("NFKD").replace(/\p{M}/gu, "");
    plain += bare;
    for (let unit = 0; unit < bare.length; unit += 1) {
      from.push(place);
      to.push(place + letter.length);
    }
    place += letter.length;
  }
  return { plain, from, to };
}

// The warning in a form, with the box that says it is nothing of the kind; gone when the words are.
export function warn(one, found) {
  const place = one.querySelector("[data-warning]");
  if (!place) return;
  const shown = found.map(({ word, ground }) => `“${word}” (${ground})`).join(", ");
  if (place.dataset.shown === shown) return;
  place.dataset.shown = shown;
  one.querySelector("[data-warned]")?.remove();
  if (!shown) return place.replaceChildren();
  place.innerHTML = `<div class="alert alert-warning"><p class="mb-2"></p><label class="form-check mb-0"><input class="form-check-input" type="checkbox" name="not_special"> I have read this warning: it is nothing of the kind</label></div>`;
  place.querySelector("p").textContent =
    `This looks special: ${shown}. Health, religion, politics, sex life, ethnicity, union, biometrics and criminal records are not kept without the customer’s consent. Nothing is sent yet.`;
  return undefined;
}
