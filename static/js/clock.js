// Lets the server's clocks tick: <time class="clock" datetime="due" data-now="the server's moment">.
// The server's moment, not the reader's clock, is the truth; without this file the page is right when it is loaded.
const clocks = () => document.querySelectorAll("time.clock[data-now]");
// When each clock came onto the page: those that ask for themselves anew bring a later moment of the server.
const since = new WeakMap();

function face(seconds) {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const two = (number) => String(number).padStart(2, "0");
  return `${seconds < 0 ? "−" : ""}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function tick() {
  const now = performance.now();
  clocks().forEach((clock) => {
    if (!since.has(clock)) since.set(clock, now);
    const passed = (now - since.get(clock)) / 1000;
    const left = (Date.parse(clock.dateTime) - Date.parse(clock.dataset.now)) / 1000 - passed;
    const shown = face(left);
    if (clock.textContent !== shown) clock.textContent = shown;
    if (left < 0) clock.classList.remove("calm");
  });
}

tick();
setInterval(tick, 1000);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tick());
