// Choosing the customer by typing, inside the form: arrows move, Enter takes, Escape gives up.
let turn = 0;

export function choose(form, url, take) {
  form.querySelector("[data-whose]")?.remove();
  const id = `whose-${(turn += 1)}`;
  const box = document.createElement("div");
  box.dataset.whose = "";
  box.className = "whose";
  box.innerHTML = `<label class="form-label" for="${id}">Whose secret is it?</label>
<input class="form-control" id="${id}" type="search" autocomplete="off" maxlength="80" placeholder="A customer, a person, a phone number"
 role="combobox" aria-expanded="false" aria-autocomplete="list" aria-controls="${id}-found"><div class="options" id="${id}-found" role="listbox" aria-label="Customers" hidden></div>`;
  const [input, list] = [box.querySelector("input"), box.querySelector(".options")];
  let asked = 0;
  let timer;
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");

  const mark = (option) => {
    options().forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (option) {
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else input.removeAttribute("aria-activedescendant");
  };
  const look = async () => {
    const number = (asked += 1);
    try {
      const answer = await fetch(`${url}?whose=${encodeURIComponent(input.value)}`, { headers: { "HX-Request": "true" }, redirect: "manual" });
      if (number !== asked || !answer.ok) return;
      list.innerHTML = await answer.text();
    } catch {
      list.textContent = "No network: the customers cannot be searched now.";
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(input.value ? options()[0] : undefined);
  };
  const end = (option) => {
    box.remove();
    if (option) take(option.dataset.customer, option.dataset.name);
    form.querySelector("[data-draft]").focus();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = options();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(all.at((all.indexOf(chosen()) + step) % all.length));
    } else if (event.key === "Enter") {
      if (chosen()) end(chosen());
    } else if (event.key === "Escape") end();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) end(option);
  });
  (form.querySelector("[data-about]") ?? form).prepend(box);
  input.focus();
  look();
}
