// Lets the server's clocks tick: <time class="clock" datetime="due" data-now="the server's moment">.
// The server's moment, not the reader's clock, is the truth; without this file the page is right when it is loaded.
const clocks = () => document.querySelectorAll("time.clock[data-now]");
const started = performance.now();

function face(seconds) {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const two = (number) => String(number).padStart(2, "0");
  return `${seconds < 0 ? "−" : ""}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function tick() {
  const passed = (performance.now() - started) / 1000;
  clocks().forEach((clock) => {
    const left = (Date.parse(clock.dateTime) - Date.parse(clock.dataset.now)) / 1000 - passed;
    const shown = face(left);
    if (clock.textContent !== shown) clock.textContent = shown;
    if (left < 0) clock.classList.remove("calm");
  });
}

if (clocks().length) {
  tick();
  setInterval(tick, 1000);
}
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tick());
