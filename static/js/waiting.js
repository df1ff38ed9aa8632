// What waits on this device, where a person can see it: a count at the links, a list beneath the form.
import { drafts } from "./draft.js";
import { change, entries, me, remove, state } from "./outbox.js";

const WHY = {
  "signed-out": "They are sent once you have signed in again.",
  "other-person": "They wait until you are the one signed in.",
  offline: "They are sent as soon as there is a network.",
};
const part = (name, text = "", classes = "") => Object.assign(document.createElement(name), { textContent: text, className: classes });

function button(words, classes, press) {
  const made = part("button", words, `btn btn-sm ${classes}`);
  made.type = "button";
  made.addEventListener("click", () => press(made));
  return made;
}

// Thrown away only at the second press.
const discard = (away) =>
  button("Throw away", "btn-link", (pressed) => {
    if (pressed.dataset.sure) away();
    else {
      pressed.dataset.sure = "1";
      pressed.textContent = "Really? Throw it away";
    }
  });

function row(text, about, problem, deeds) {
  const line = part("li", "", "row-line");
  const words = part("div", "", "grow");
  words.append(part("span", text, "said"), part("div", about, "small muted"));
  if (problem) words.append(part("div", problem, "errorlist"));
  line.append(words, ...deeds);
  return line;
}

const day = (at) => new Date(at).toLocaleString([], { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function rows(place, fix, draftNow) {
  const waiting = entries().map((entry) =>
    row(
      entry.text,
      [entry.who || entry.somebody || "no customer yet", day(entry.at), entry.problem ? "to fix" : "waiting"].join(" · "),
      entry.problem,
      [entry.problem ? button("Fix it", "btn-primary", () => fix(entry)) : "", discard(() => remove(entry))],
    ),
  );
  const begun = drafts()
    .filter((draft) => !draftNow(place, draft))
    .map((draft) => row(draft.text, [draft.who || "no customer yet", day(draft.at), "a draft"].join(" · "), "", [
      button("Go on with it", "btn-outline-secondary", () => fix({ ...draft, fields: { customer: draft.customer } })),
      discard(() => {
        localStorage.removeItem(draft.key);
        document.dispatchEvent(new Event("outbox"));
      }),
    ]));
  return [...waiting, ...begun];
}

export function show(fix, again, draftNow) {
  const all = me ? entries() : [];
  document.querySelectorAll("[data-waiting]").forEach((dot) => {
    dot.hidden = !all.length;
    dot.innerHTML = all.length ? `${all.length}<span class="visually-hidden"> waiting on this device</span>` : "";
  });
  document.querySelectorAll("[data-waiting-list]").forEach((place) => {
    const lines = me ? rows(place, fix, draftNow) : [];
    place.hidden = !lines.length;
    if (!lines.length) return place.replaceChildren();
    const list = part("ul", "", "rows");
    list.append(...lines);
    const ready = all.filter((entry) => !entry.problem).length;
    const head = part("div", "", "line");
    head.append(part("h2", ready ? `${ready} waiting on this device` : "On this device", "label grow"));
    if (ready) head.append(button("Send now", "btn-outline-secondary", again));
    const why = part("p", ready ? WHY[state] ?? "" : "", "small muted mb-0");
    return place.replaceChildren(head, why, list);
  });
}

export const retry = (entry) => change(entry, { problem: "" });
