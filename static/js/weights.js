// The sums of report_cards/rules/weights.py, for moving sliders: basis points, 10 000 together, largest remainders.
export const WHOLE = 10000;
const PERCENT = 100;

const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
const unitOf = (weights) => (weights.some((weight) => weight % PERCENT) ? 1 : PERCENT);

function handOut(total, parts, unit) {
  const spare = Math.floor(total / unit) - parts.length;
  let pulls = parts.map((part) => Math.max(0, part - unit));
  if (!sum(pulls)) pulls = parts.map(() => 1);
  const pull = sum(pulls);
  const given = pulls.map((one) => Math.floor((spare * one) / pull));
  const rest = pulls.map((one, n) => [(spare * one) % pull, n]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, n] of rest.slice(0, spare - sum(given))) given[n] += 1;
  return given.map((units) => unit * (1 + units));
}

// One weight goes as near to the wish as it can, the free others give or take in proportion, the locked stay.
export function spread(weights, place, wish, locks = []) {
  const locked = locks.filter((n) => weights[n]);
  const others = weights.map((_, n) => n).filter((n) => n !== place);
  const free = others.filter((n) => !locked.includes(n));
  const fixed = sum(others.filter((n) => locked.includes(n)).map((n) => weights[n]));
  const unit = unitOf([wish, ...others.map((n) => weights[n])]);
  const room = WHOLE - fixed - unit * free.length;
  if (locked.length && room < unit) return spread(weights, place, wish);
  const moved = free.length ? Math.min(Math.max(wish, unit), room) : WHOLE - fixed;
  const rest = handOut(WHOLE - fixed - moved, free.map((n) => weights[n]), unit);
  const fresh = weights.slice();
  fresh[place] = moved;
  free.forEach((n, at) => (fresh[n] = rest[at]));
  return fresh;
}
