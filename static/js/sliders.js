// The number a slider stands at, beside its label, while it moves.
document.addEventListener("input", ({ target }) => {
  const said = target.type === "range" && document.querySelector(`output[for="${target.id}"]`);
  if (said) said.textContent = target.value;
});
