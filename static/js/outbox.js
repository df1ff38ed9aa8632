// Secrets that wait on this device for the server to say that it has them: one entry each, of one person, oldest first.
// Each carries the key it was captured under, so that sending it again makes no second one.
const dialog = document.getElementById("log-secret");
const words = (key) => JSON.parse(localStorage.getItem(key) ?? "null");

// Who writes here: the person signed in, or, without a network, the one who was signed in last and did not sign out.
if (dialog) localStorage.setItem("rapport-who", JSON.stringify({ id: dialog.dataset.user, name: dialog.dataset.who }));
export const me = dialog || document.getElementById("log-offline") ? words("rapport-who") : null;

const mine = (kind) => `rapport-${kind}:${me?.id}:`;
const named = (kind) => Object.keys(localStorage).filter((key) => key.startsWith(mine(kind))).sort();
const changed = () => document.dispatchEvent(new Event("outbox"));

export const uuid = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
  );

export const entries = () => named("outbox").map((name) => ({ name, ...words(name) }));
export const entryOf = (key) => entries().find((entry) => entry.key === key);

export function add(entry) {
  const at = new Date().toISOString();
  localStorage.setItem(`${mine("outbox")}${at}-${entry.key}`, JSON.stringify({ at, problem: "", ...entry }));
  changed();
}

export function change(entry, news) {
  const { name, ...kept } = entry;
  if (localStorage.getItem(name) !== null) localStorage.setItem(name, JSON.stringify({ ...kept, ...news }));
  changed();
}

export function remove(entry) {
  localStorage.removeItem(entry.name);
  changed();
}

// Customers one was with on this device, for the page without a network.
export const recent = () => words(`rapport-recent:${me?.id}:`) ?? [];

export function seen(id, name) {
  if (!me || !id || !name) return;
  const others = recent().filter((one) => one.id !== String(id));
  localStorage.setItem(`rapport-recent:${me.id}:`, JSON.stringify([{ id: String(id), name }, ...others].slice(0, 12)));
}

// What a sign-out would lose, and losing it.
export function unsent() {
  const talks = named("talk").filter((name) => name.includes(":queue:") && !["[]", "null"].includes(localStorage.getItem(name)));
  return entries().length + named("draft").length + named("oops").length + talks.length;
}

export function forgetMe() {
  const own = new RegExp(`^rapport-[a-z]+:${me?.id}:`);
  Object.keys(localStorage).filter((key) => own.test(key)).forEach((key) => localStorage.removeItem(key));
  localStorage.removeItem("rapport-who");
}

// Sending. ``state`` says how the last attempt went: "", "offline", "signed-out", "other-person".
export let state = "";
export const replies = new Map();
const cookie = (name) => document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1] ?? "";

export function flush(url, landing = "") {
  if (!me) return Promise.resolve();
  const run = async () => {
    state = "";
    const tried = new Set();
    for (let entry = next(tried); entry; entry = next(tried)) {
      tried.add(entry.name);
      if (!(await send(url, entry, landing === entry.key))) break;
    }
    changed();
  };
  return navigator.locks ? navigator.locks.request("rapport-outbox", run) : run();
}

const next = (tried) => entries().find((entry) => !entry.problem && !tried.has(entry.name));

let check = async () => "";
export const checkWith = (found) => (check = found);

async function send(url, entry, isLanding) {
  const worry = await check(entry);
  if (worry) {
    change(entry, { problem: worry });
    return true;
  }
  if (!entry.fields.customer) {
    change(entry, { problem: `Whose secret is it?${entry.somebody ? ` You wrote “${entry.somebody}”.` : ""}` });
    return true;
  }
  const fields = { ...entry.fields, text: entry.text, capture_key: entry.key, by: me.id, ...(isLanding ? {} : { stay: "1" }) };
  let answer;
  let page;
  try {
    answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))),
      headers: { "HX-Request": "true", "X-CSRFToken": cookie("csrftoken") },
      redirect: "manual",
      signal: AbortSignal.timeout(20000),
    });
    page = await answer.text();
  } catch {
    state = "offline";
    return false;
  }
  if (answer.headers.get("HX-Trigger")?.includes("secret-recorded")) {
    replies.set(entry.key, { page, to: answer.headers.get("HX-Redirect") ?? "" });
    remove(entry);
    document.dispatchEvent(new CustomEvent("secret-recorded", { detail: { key: entry.key, customer: entry.fields.customer } }));
    return true;
  }
  if (answer.type === "opaqueredirect" || answer.status === 409) {
    state = answer.status === 409 ? "other-person" : "signed-out";
    return false;
  }
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) {
    state = "offline";
    return false;
  }
  replies.set(entry.key, { page, refused: answer.status });
  change(entry, { problem: wrong(answer.status, page) });
  return true;
}

function wrong(status, page) {
  if (status === 403) return "You may not log a secret here. Nothing was recorded.";
  if (status === 404) return "You no longer see this customer. Choose whose secret it is.";
  if (status !== 200) return `The server refused it (${status}). Nothing was recorded.`;
  const faults = new DOMParser().parseFromString(page, "text/html").querySelectorAll(".errorlist, .invalid-feedback");
  return [...faults].map((fault) => fault.textContent.trim()).join(" ") || "The server wants something changed.";
}

addEventListener("storage", (event) => event.key?.startsWith(mine("outbox")) && changed());
