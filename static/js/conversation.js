// The conversation loop. What is typed stays on this device, for this person, until the server has it: every keystroke as
// a draft, every answer in a queue that is sent in order, again and again, under a key that makes a resend no second.
// Questions for the next steps came with the page, so that the loop goes on without a network.
// Without this file the form is sent as any other.
import { say as sayRoom, tooLong } from "./room.js";
import { load, warn } from "./words.js";

const talk = document.querySelector("[data-talk]");
const form = document.getElementById("talking");
const prefix = `rapport-talk:${talk?.dataset.talkOf}:`;
const queued = `${prefix}queue:`;
const draftKey = `${prefix}draft:${talk?.dataset.talk}`;
const field = document.getElementById("said");
const own = document.getElementById("own");
let sending = false;
let wait = 2000;
let timer;
let trouble = "";
let isOver = false;
let rules;

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return bytes.map((byte, place) => ([4, 6, 8, 10].includes(place) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}

function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false; // No room, or not allowed: then the form is sent in the ordinary way.
  }
}

function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

const queue = () =>
  Object.keys(localStorage)
    .filter((name) => name.startsWith(queued))
    .map((name) => ({ name, ...kept(name) }))
    .sort((a, b) => a.nth - b.nth);

// ---- What waits

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function showWaiting() {
  const list = document.getElementById("waiting");
  if (!list) return;
  const entries = queue();
  list.replaceChildren(...entries.filter((entry) => (entry.made ? entry.refused : entry.fields.text)).reverse().map(line));
  entries.filter((entry) => entry.made && !entry.refused).forEach(markMade);
  list.hidden = !list.children.length;
  const note = document.querySelector("[data-kept]");
  const isSending = entries.some((entry) => !entry.refused);
  if (note) note.textContent = isSending ? trouble || "sending…" : field?.value ? "kept on this device" : "";
}

function line(entry) {
  const item = element("li", "", "waiting");
  item.append(element("p", `“${entry.fields.own || entry.fields.asked}”`, "small muted mb-1"), element("p", entry.made ?? entry.fields.text, "quote mb-1"));
  item.append(element("span", entry.refused || trouble || "waiting to be sent", "small clock-mark"));
  if (entry.refused) {
    const drop = element("button", "Throw it away", "btn btn-sm btn-link");
    drop.type = "button";
    drop.addEventListener("click", () => {
      localStorage.removeItem(entry.name);
      showWaiting();
    });
    item.append(drop);
  }
  return item;
}

// “Make it a secret” without a network: the answer stays where it is, and says what becomes of it.
function markMade(entry) {
  const button = document.querySelector(`#heard form[action="${CSS.escape(entry.url)}"] button:not([name])`);
  if (!button || button.disabled) return;
  button.disabled = true;
  button.after(element("span", "becomes a secret when the network is back", "small clock-mark"));
}

function makeLater(asking) {
  const { csrfmiddlewaretoken, ...fields } = Object.fromEntries(new FormData(asking));
  const url = asking.getAttribute("action");
  if (queue().some((entry) => entry.url === url)) return true;
  const answer = asking.closest(".answer");
  const made = answer?.querySelector(".quote")?.textContent ?? fields.text ?? "";
  const question = answer?.querySelector("p")?.textContent.trim().replace(/^“|”.*$/gs, "") ?? "";
  return keep(`${queued}${newKey()}`, { url, nth: Date.now(), talk: talk.dataset.talk, made, fields: { ...fields, asked: question } });
}

// ---- Words that look special: nothing is sent before somebody confirms

// No address: the customer's consent is on record.
const ready = talk?.dataset.words ? load(talk.dataset.words).then((loaded) => (rules = loaded)) : Promise.resolve();

const special = (fields) => rules?.special(`${fields.own ?? ""}. ${fields.text ?? ""}`) ?? [];

const look = () => warn(form, special({ own: own.value, text: field.value }));

// ---- Sending

const gone = "This conversation is no longer yours. Copy what you need.";

// Nothing more can be recorded; what is in the field stays, to be copied.
function end() {
  isOver = true;
  form?.querySelectorAll("button").forEach((button) => (button.disabled = true));
  if (form) say(gone);
}

async function deliver(entry) {
  const body = new URLSearchParams({ ...entry.fields, csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" });
  const answer = await fetch(entry.url, { method: "POST", body, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.ok && answer.redirected && page.getElementById("heard")) return page;
  if (entry.made && answer.ok && !answer.redirected && page.getElementById("heard")) return page; // It asks back.
  if (answer.redirected && answer.ok) throw new Error("You were signed out. Sign in again: what you wrote is kept here.");
  if (answer.status === 403) throw new Error("Reload the page to send it: what you wrote is kept here.");
  if (answer.status === 404) return { refused: gone, isGone: true };
  if (answer.ok) return { refused: page.querySelector("#said-errors")?.textContent.trim() || page.querySelector("[data-warned] p")?.textContent || "The server did not take it." };
  throw new Error("The server has a problem. It is kept here and sent again.");
}

async function flush() {
  if (sending || !talk) return;
  sending = true;
  clearTimeout(timer);
  try {
    await ready;
    for (let entry = next(); entry; entry = next()) {
      const page = unread(entry) ?? (await deliver(entry));
      if (page.refused) {
        const { name, ...rest } = entry;
        keep(name, { ...rest, refused: page.refused });
        trouble = "";
        if (page.isGone && entry.talk === talk.dataset.talk) end();
        continue;
      }
      localStorage.removeItem(entry.name);
      trouble = "";
      wait = 2000;
      if (entry.talk === talk.dataset.talk) takeOver(page);
    }
  } catch (error) {
    trouble = error instanceof TypeError ? "no network: waiting, and sent by itself" : error.message;
    timer = setTimeout(flush, wait);
    wait = Math.min(wait * 2, 30000);
  }
  sending = false;
  showWaiting();
}

// What was written in this conversation before the rules were at hand is looked at before it leaves the device.
function unread(entry) {
  const isLooked = entry.talk !== talk.dataset.talk || entry.made || !entry.fields.text || entry.fields.not_special;
  const [found] = isLooked ? [] : special(entry.fields);
  return found && { refused: `This looks special: “${found.word}” (${found.ground}). It was not sent. Copy what you need.` };
}

const next = () => queue().find((entry) => !entry.refused);

// The list and the questions of the server's answer; the question on the page stays, for somebody may be typing.
function takeOver(page) {
  for (const id of ["heard", "ahead"]) {
    const [here, there] = [document.getElementById(id), page.getElementById(id)];
    if (!here || !there) continue;
    const busy = id === "heard" && here.contains(document.activeElement);
    if (busy) continue;
    here.replaceWith(document.adoptNode(there));
    if (id === "heard") window.htmx?.process(document.getElementById("heard"));
  }
  showWaiting();
}

// ---- The loop

const hidden = (name) => form.elements[name];
const idOf = (one) => (one.dataset.about ? `s${one.dataset.about}` : `q${one.dataset.question}`);
const current = () => (hidden("about").value ? `s${hidden("about").value}` : `q${hidden("question").value}`);
const asked = new Set();

function put(one) {
  hidden("question").value = one?.dataset.question ?? "";
  hidden("about").value = one?.dataset.about ?? "";
  hidden("asked").value = one?.textContent ?? "";
  form.querySelector("[data-why]").textContent = one ? one.dataset.why : "everything we have was asked lately";
  form.querySelector("[data-question]").textContent = one ? one.textContent : "Ask in your own words: what did you always want to know?";
  form.querySelector("[data-still-true]").hidden = !one?.dataset.about;
  form.querySelector("[data-skip]").hidden = !one;
  form.querySelector("[data-spoken]").hidden = true;
  const look = form.querySelector("[data-look]");
  look.hidden = !one?.dataset.about;
  if (one?.dataset.about) {
    look.querySelector("a").href = `/secrets/${one.dataset.about}/`;
    speak(one.dataset.about);
  }
  if (!one) form.querySelector(".own").open = true;
}

// The words of a secret to ask again come when they are needed, and only then are they read.
async function speak(about) {
  try {
    const answer = await fetch(`?about=${about}`, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const words = page.querySelector("[data-spoken]:not([hidden])");
    if (!words || hidden("about").value !== about) return;
    form.querySelector("[data-spoken]").textContent = words.textContent;
    form.querySelector("[data-spoken]").hidden = false;
    form.querySelector("[data-look]").hidden = true;
  } catch {
    // Without a network the question does without the words.
  }
}

const ahead = () => [...document.querySelectorAll("#ahead li")].filter((one) => !asked.has(idOf(one)));

function goOn(topic = "") {
  asked.add(current());
  const topics = new Set(queue().map((entry) => entry.topic));
  const open = ahead();
  const one = topic
    ? open.find((each) => each.dataset.key === topic)
    : (open.find((each) => !topics.has(each.dataset.key)) ?? open[0]);
  put(one);
  own.value = "";
  document.getElementById("own-kind").value = "";
  form.querySelector(".own").open = !one;
  keepDraft();
  field.focus();
  return one;
}

function say(words) {
  const errors = document.getElementById("said-errors");
  errors.replaceChildren(...(words ? [element("p", words, "errorlist")] : []));
}

function send(url, text) {
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  const topic = document.querySelector(`#ahead li[data-question="${CSS.escape(fields.question)}"]`)?.dataset.key ?? "";
  const key = newKey();
  const entry = { url, nth: Date.now(), talk: talk.dataset.talk, topic, fields: { ...fields, text, key } };
  return keep(`${queued}${key}`, entry);
}

function submit(event) {
  const button = event.submitter;
  if (isOver) {
    event.preventDefault();
    return;
  }
  const records = !button?.hasAttribute("formaction");
  const text = field.value.trim();
  if (records && !text) {
    event.preventDefault();
    say("Write down what you heard, or skip the question.");
    field.focus();
    return;
  }
  if (records && tooLong(field)) {
    event.preventDefault();
    say(tooLong(field));
    field.focus();
    return;
  }
  if (records && !hidden("asked").value && !own.value.trim()) {
    event.preventDefault();
    say("Ask something first: one of ours, or in your own words.");
    own.focus();
    return;
  }
  if (records) look();
  const confirmed = form.querySelector('[name="not_special"]');
  if (records && confirmed && !confirmed.checked) {
    event.preventDefault();
    say("Read the warning first: nothing is sent before you confirm.");
    confirmed.focus();
    return;
  }
  if (!send(button?.getAttribute("formaction") ?? form.getAttribute("action"), records ? text : "")) return;
  event.preventDefault();
  say("");
  if (records) field.value = "";
  warn(form, []);
  sayRoom(field);
  goOn();
  grow();
  showWaiting();
  flush();
}

// ---- Drafts

function keepDraft() {
  if (field.value || own.value) keep(draftKey, { text: field.value, own: own.value, id: current() });
  else localStorage.removeItem(draftKey);
  showWaiting();
}

function restore() {
  const draft = kept(draftKey);
  if (draft && !field.value) {
    field.value = draft.text;
    own.value = draft.own;
    if (draft.own) form.querySelector(".own").open = true;
    const one = [...document.querySelectorAll("#ahead li")].find((each) => idOf(each) === draft.id);
    if (one && draft.id !== current()) put(one);
  }
}

function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  field.rows = Math.min(10, Math.max(3, field.value.split("\n").length + Math.floor(field.value.length / 60)));
}

// ---- Keys

function chord(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const deeds = {
    KeyN: () => form.querySelector("[data-skip]:not([hidden])")?.click(),
    KeyT: () => form.querySelector("[data-still-true]:not([hidden])")?.click(),
    KeyM: () => document.querySelector("#heard [data-make]")?.click(),
    KeyO: () => {
      form.querySelector(".own").open = true;
      own.focus();
    },
    KeyA: () => {
      document.querySelector(".topics").open = true;
      document.querySelector(".topics a").focus();
    },
  };
  const deed = deeds[event.code];
  if (deed) {
    event.preventDefault();
    deed();
  }
}

function enter(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.altKey) return;
  event.preventDefault();
  if (event.target === own) field.focus();
  else form.requestSubmit(form.querySelector("[data-record]"));
}

if (form) {
  asked.add("q");
  // What still waits here was asked already.
  queue().forEach((entry) => asked.add(entry.fields.about ? `s${entry.fields.about}` : `q${entry.fields.question}`));
  restore();
  ready.then(look);
  if (!kept(draftKey) && asked.has(current()) && hidden("asked").value) goOn();
  // Elsewhere on the page something hidden may claim the first focus.
  if (!form.contains(document.activeElement) && !document.querySelector("dialog[open], #heard [autofocus]")) field.focus();
  // On a phone the question begins where the eye and the thumb are.
  if (matchMedia("(max-width: 47.99rem)").matches) form.scrollIntoView();
  form.addEventListener("submit", submit);
  form.addEventListener("input", () => {
    if (!isOver && !tooLong(field)) say("");
    look();
    keepDraft();
    grow();
  });
  field.addEventListener("keydown", enter);
  own.addEventListener("keydown", enter);
  document.addEventListener("keydown", chord);
  document.querySelector(".topics").addEventListener("click", (event) => {
    const link = event.target.closest("[data-ask]");
    if (!link || !ahead().some((one) => one.dataset.key === link.dataset.ask)) return;
    event.preventDefault();
    goOn(link.dataset.ask);
    document.querySelector(".topics").open = false;
    form.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("htmx:afterSwap", () => {
    showWaiting();
    const asksBack = document.querySelector("#heard [autofocus], #heard .alert input");
    (asksBack ?? field).focus();
  });
}
document.addEventListener("htmx:sendError", (event) => {
  const asking = event.target.closest?.("form");
  const anew = event.detail.requestConfig?.triggeringEvent?.submitter?.name;
  if (talk && !anew && asking?.action.endsWith("/make/") && makeLater(asking)) {
    trouble = "no network: waiting, and sent by itself";
    showWaiting();
    field?.focus();
    timer = setTimeout(flush, wait);
    return;
  }
  trouble = "no network: press again when it is back";
  const note = document.querySelector("[data-kept]");
  if (note) note.textContent = trouble;
});
if (talk) {
  showWaiting();
  flush();
  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  window.addEventListener("storage", showWaiting);
}
