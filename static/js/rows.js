// One more row in a set of rows: a copy of the empty one, numbered on.
for (const rows of document.querySelectorAll("[data-rows]")) {
  const more = rows.querySelector("[data-more]");
  const empty = rows.querySelector("template");
  const total = rows.querySelector('input[name$="-TOTAL_FORMS"]');
  if (!more || !empty || !total) continue;
  more.hidden = false;
  more.addEventListener("click", () => {
    const copy = document.createElement("template");
    copy.innerHTML = empty.innerHTML.replaceAll("__prefix__", total.value);
    const field = copy.content.querySelector("select, input:not([type=hidden])");
    empty.before(copy.content);
    total.value = Number(total.value) + 1;
    field?.focus();
  });
}
