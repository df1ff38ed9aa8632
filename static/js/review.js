// One key for each answer of the review: y still true, n no longer, c change, l and m later, u undo.
const typing = (target) => target.closest("input:not([type=hidden]), textarea, select, [contenteditable]");

document.getElementById("asked")?.focus({ preventScroll: true });
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target) || document.querySelector("dialog[open]")) return;
  const answer = event.key === "u" ? document.querySelector(".messages form button") : document.querySelector(`[data-answer="${CSS.escape(event.key)}"]`);
  if (!answer) return;
  event.preventDefault();
  answer.click();
});
