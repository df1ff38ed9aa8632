// Lets what the clock moves ask for itself anew: elements with hx-trigger="pulse from:body". Quiet while nobody looks.
const EVERY = 45_000;
let last = performance.now();

function pulse() {
  if (document.visibilityState !== "visible" || !navigator.onLine) return;
  last = performance.now();
  window.htmx?.trigger(document.body, "pulse");
}

setInterval(pulse, EVERY);
document.addEventListener("visibilitychange", () => performance.now() - last > EVERY && pulse());

// Signed out meanwhile: the sign-in page has no place in here.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const path = (address) => new URL(address, location.origin).pathname;
  const led = xhr.responseURL && path(xhr.responseURL) !== path(requestConfig.path);
  if (requestConfig.triggeringEvent?.type === "pulse" && led) event.detail.shouldSwap = false;
});
