// Choosing from the list beneath a field: Enter takes the first, the arrows walk its links, Escape comes back to type.
const field = document.querySelector("input[data-choose]");
const place = field && document.getElementById(field.dataset.choose);
const links = () => [...place.querySelectorAll("a")];
const isFor = (text) => place.querySelector("[data-for]")?.dataset.for.trim() === text;
let wanted = false;

function take() {
  wanted = !isFor(field.value.trim());
  if (!wanted) links()[0]?.click();
}

field?.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && links().length) links()[0].focus();
  else if (event.key === "Enter" && field.value.trim()) take();
  else return;
  event.preventDefault();
});

field?.addEventListener("input", () => (wanted = false));

place?.addEventListener("htmx:afterSwap", () => wanted && take());

place?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") field.focus();
  else if (step) (links()[links().indexOf(document.activeElement) + step] ?? (step < 0 ? field : links().at(-1))).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
