// Points of a payout curve can be dragged; the fields beside the chart hold them, and the server draws the chart anew.
const LEFT = 40;
const TOP = 10;
const RIGHT = 350;
const BOTTOM = 170;

let held;

const fieldsOf = (chart, name) => [...chart.closest(".curve-parts").querySelectorAll(`[data-${name}]`)];
const numberOf = (field) => Number(field.value.replace(",", "."));

// Where the pointer is, in whole percents of attainment and payout.
function percentsAt(chart, { clientX, clientY }) {
  const at = new DOMPoint(clientX, clientY).matrixTransform(chart.getScreenCTM().inverse());
  const x = ((at.x - LEFT) / (RIGHT - LEFT)) * Number(chart.dataset.mostX);
  const y = ((BOTTOM - at.y) / (BOTTOM - TOP)) * Number(chart.dataset.mostY);
  return [Math.round(x), Math.round(y)];
}

// A point stays between its neighbours: attainments rise, payouts never fall.
function between(fields, place, wish, gap, most) {
  const before = place ? numberOf(fields[place - 1]) + gap : 0;
  const after = place < fields.length - 1 ? numberOf(fields[place + 1]) - gap : most;
  return Math.min(Math.max(wish, before), after);
}

function drag(event) {
  const { chart, circle, place } = held;
  const [x, y] = percentsAt(chart, event);
  const [xs, ys] = [fieldsOf(chart, "x"), fieldsOf(chart, "y")];
  const [mostX, mostY] = [Number(chart.dataset.mostX), Number(chart.dataset.mostY)];
  xs[place].value = between(xs, place, x, 1, mostX);
  ys[place].value = between(ys, place, y, 0, mostY);
  circle.setAttribute("cx", LEFT + ((RIGHT - LEFT) * numberOf(xs[place])) / mostX);
  circle.setAttribute("cy", BOTTOM - ((BOTTOM - TOP) * numberOf(ys[place])) / mostY);
  const inner = [...chart.querySelectorAll("circle")].map((one) => [one.getAttribute("cx"), one.getAttribute("cy")]);
  const ends = [[LEFT, inner[0][1]], ...inner, [RIGHT, inner.at(-1)[1]]];
  chart.querySelector("polyline").setAttribute("points", ends.map((pair) => pair.join(",")).join(" "));
}

document.addEventListener("pointerdown", (event) => {
  const circle = event.target.closest?.("[data-point]");
  if (!circle) return;
  event.preventDefault();
  held = { circle, chart: circle.closest("svg"), place: Number(circle.dataset.point) };
});
document.addEventListener("pointermove", (event) => held && drag(event));
document.addEventListener("pointerup", () => {
  if (!held) return;
  const field = fieldsOf(held.chart, "x")[held.place];
  held = undefined;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
