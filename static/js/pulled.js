// What a button below the case opens may lie under the edge of the screen: it is brought into view, ready to be written in.
document.addEventListener("click", (event) => {
  const details = event.target.closest(".pull > summary")?.parentElement;
  details?.addEventListener("toggle", () => {
    if (!details.open) return;
    details.querySelector(".pulled").scrollIntoView({ block: "nearest" });
    details.querySelector("textarea, select, input:not([type=hidden])")?.focus({ preventScroll: true });
  }, { once: true });
});
