// The customer one's words name, for a form that only guessed whom it is about. Names leave the device, never the sentence.
import { recent } from "./outbox.js";
import { load } from "./words.js";

const NAME = /\p{Lu}[\p{L}\p{N}’'.-]+(?:\s+(?:(?:&|and|of|the|de|du|van|von|der|la)\s+)*\p{Lu}[\p{L}\p{N}’'.-]*)*/gu;
const low = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let last = {};

// What looks like a name: words with a capital, but not the lone one a sentence begins with.
function names(text) {
  const looks = ({ 0: name, index }) =>
    name.includes(" ") || text[index + name.length] === ":" || !/(^|[.!?])\s*$/.test(text.slice(0, index));
  return [...text.matchAll(NAME)].filter(looks).map(([name]) => name).slice(0, 4).join(" · ").slice(0, 160);
}

// {id, name} of the one customer they leave no doubt about, else null. Asks the server at most once for the same names,
// and never where anything looks special.
export async function named(text, told) {
  const words = ` ${low(text).replace(/[^\p{L}\p{N}&]+/gu, " ")} `;
  const here = recent().filter((one) => words.includes(` ${low(one.name).replace(/[^\p{L}\p{N}&]+/gu, " ").trim()} `));
  if (here.length === 1) return here[0];
  const wanted = names(text);
  if (!wanted || !navigator.onLine || (await load(told.words))?.special(text).length !== 0) return null;
  if (wanted !== last.names) last = { names: wanted, answer: ask(wanted, told.whose) };
  return last.answer;
}

async function ask(wanted, url) {
  try {
    const options = { headers: { "HX-Request": "true" }, redirect: "manual", signal: AbortSignal.timeout(1500) };
    const answer = await fetch(`${url}?named=${encodeURIComponent(wanted)}`, options);
    if (!answer.ok) return null;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("[data-customer]");
    return found.length === 1 ? { id: found[0].dataset.customer, name: found[0].dataset.name } : null;
  } catch {
    return null;
  }
}
