// Tags typed as a list with commas: the suggestions follow the last one, and leave out those that stand there already.
for (const field of document.querySelectorAll("input[data-tags]")) {
  const offers = field.list;
  if (!offers) continue;
  const known = [...offers.options].map((option) => option.value);
  const offer = () => {
    const parts = field.value.split(",").slice(0, -1).map((part) => part.trim()).filter(Boolean);
    const chosen = new Set(parts.map((part) => part.toLowerCase()));
    const before = parts.length ? `${parts.join(", ")}, ` : "";
    offers.replaceChildren(
      ...known
        .filter((name) => !chosen.has(name.toLowerCase()))
        .map((name) => Object.assign(document.createElement("option"), { value: before + name })),
    );
  };
  field.addEventListener("input", offer);
  offer();
}
