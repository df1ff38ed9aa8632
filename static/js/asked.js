// “What did you learn?” has its answer: the question goes, the next one opens.
document.addEventListener("secret-recorded", (event) => {
  for (const question of document.querySelectorAll("[data-asked]")) {
    if (question.dataset.asked !== String(event.detail.customer)) continue;
    const sheet = question.closest("section");
    (question.closest("details") ?? question).remove();
    if (!sheet.querySelector("[data-asked]")) sheet.remove();
    else if (!sheet.querySelector(":scope > [data-asked]")) sheet.querySelector("details").open = true;
  }
});
