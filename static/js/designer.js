// The designer's sliders: whichever weight moves, the others of its measure follow and the sum stays 100 %.
import { spread } from "./weights.js";

document.documentElement.classList.add("slides");

const percent = (weight) => String(Math.round(weight) / 100);
const points = (text) => Math.round(Number(String(text).replace(",", ".")) * 100) || 0;

function rowsOf(field) {
  return [...field.closest("[data-measure]").querySelectorAll("[data-behaviour]")].map((row) => ({
    row,
    slide: row.querySelector("[data-slide]"),
    number: row.querySelector("[data-weight]"),
    lock: row.querySelector("[data-lock]"),
  }));
}

const weightsOf = (rows) => rows.map(({ number }) => points(number.value));

// While one slider is held, the others are spread from where they stood when it was taken: back again is back again.
let held;
let base;
let typed;

function hold(slide) {
  held = slide;
  base = weightsOf(rowsOf(slide));
}

function move(field, wish, from) {
  const rows = rowsOf(field);
  const place = rows.findIndex(({ row }) => row.contains(field));
  const locked = rows.flatMap(({ lock }, n) => (lock.checked && n !== place ? [n] : []));
  const fresh = spread(from, place, wish, locked);
  rows.forEach(({ slide, number }, n) => {
    number.value = percent(fresh[n]);
    slide.value = percent(fresh[n]);
    slide.setAttribute("aria-valuetext", `${percent(fresh[n])} %`);
  });
  show(field);
}

function show(field) {
  const output = field.closest("[data-measure]").querySelector("[data-sum]");
  const total = weightsOf(rowsOf(field)).reduce((all, one) => all + one, 0);
  if (output) output.textContent = `${percent(total)}\u202f%`;
}

function obeyLock({ slide, number, lock }) {
  slide.disabled = lock.checked;
  number.readOnly = lock.checked;
}

const isSlide = (field) => field.matches?.("[data-slide]");
const isNumber = (field) => field.matches?.("[data-weight]");

document.addEventListener("pointerdown", ({ target }) => isSlide(target) && hold(target));
document.addEventListener("focusin", ({ target }) => {
  if (isSlide(target)) hold(target);
  if (isNumber(target)) typed = weightsOf(rowsOf(target));
});
document.addEventListener("input", ({ target }) => {
  if (!isSlide(target)) return;
  if (held !== target || base.length !== rowsOf(target).length) hold(target);
  move(target, points(target.value), base);
});
document.addEventListener("change", ({ target }) => {
  if (isNumber(target) && points(target.value) > 0) {
    move(target, points(target.value), typed?.length === rowsOf(target).length ? typed : weightsOf(rowsOf(target)));
    typed = weightsOf(rowsOf(target));
  }
  if (target.matches?.("[data-lock]")) rowsOf(target).forEach(obeyLock);
});

function ready() {
  for (const one of document.querySelectorAll("[data-measure] [data-lock]")) {
    const row = rowsOf(one).find(({ lock }) => lock === one);
    obeyLock(row);
    row.slide.setAttribute("aria-valuetext", `${row.number.value} %`);
  }
}
ready();
document.addEventListener("htmx:afterSettle", ready);
