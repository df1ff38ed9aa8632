// The search field as a combobox: arrows choose, Enter opens, Escape closes.
const input = document.getElementById("search");
const found = document.getElementById("found");
const options = () => [...found.querySelectorAll('[role="option"]')];

function show(open) {
  found.hidden = !open;
  input.setAttribute("aria-expanded", String(open));
  if (!open) input.removeAttribute("aria-activedescendant");
}

function choose(step) {
  const all = options();
  if (!all.length) return;
  const now = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  all.forEach((option) => option.setAttribute("aria-selected", "false"));
  const next = all[(now + step + all.length + (now < 0 && step < 0 ? 1 : 0)) % all.length];
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", next.id);
}

if (input && found) {
  input.addEventListener("focus", () => window.htmx?.trigger(input, "look"));
  found.addEventListener("htmx:afterSwap", () => show(document.activeElement === input && options().length > 0));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.hidden) show(options().length > 0);
      choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const chosen = found.hidden ? null : found.querySelector('[aria-selected="true"]');
      if (chosen) {
        event.preventDefault();
        chosen.click();
      }
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (found.hidden) input.blur();
      else show(false);
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) show(false);
  });
  document.addEventListener("focusin", (event) => {
    if (!event.target.closest(".search")) show(false);
  });
}
