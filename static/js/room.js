// How much room is left in a field of one sentence. Nothing is cut off while one types or pastes: what is too long is told,
// and not sent. Without this file the browser stops at the limit.
const FIELDS = "textarea[maxlength][data-draft], textarea[maxlength].said";

function lift(field) {
  if (field.maxLength > 0) field.dataset.most = field.maxLength;
  field.removeAttribute("maxlength");
}

const left = (field) => Number(field.dataset.most ?? Infinity) - [...field.value.trim()].length;

// What is wrong with the length of a field, in words; nothing when it fits.
export function tooLong(field) {
  const room = left(field);
  return room < 0 ? `That is ${-room} too many: a secret is one sentence of at most ${field.dataset.most} characters. Shorten it, or make two of it.` : "";
}

export function say(field) {
  if (!field.dataset.most) return;
  const room = left(field);
  let place = field.parentElement.querySelector(":scope > [data-room]");
  if (!place && room > field.dataset.most / 5) return;
  if (!place) {
    place = Object.assign(document.createElement("p"), { className: "small muted room" });
    place.dataset.room = "";
    field.after(place);
  }
  place.hidden = room > field.dataset.most / 5;
  place.textContent = room < 0 ? `${-room} too many` : `${room} characters left`;
  place.classList.toggle("bad", room < 0);
}

document.addEventListener("focusin", (event) => event.target.matches?.(FIELDS) && lift(event.target));
document.addEventListener("input", (event) => {
  if (event.target.matches?.(FIELDS)) lift(event.target);
  if (event.target.dataset?.most) say(event.target);
});
document.querySelectorAll(FIELDS).forEach(lift);
