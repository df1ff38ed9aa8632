// Tells somebody whose press or typing got no answer; what asks by itself stays quiet.
const BY_A_PERSON = new Set(["click", "submit", "change", "input", "keyup", "keydown", "search"]);

export function tell(text) {
  const main = document.getElementById("main");
  const told = main.querySelector(":scope > div.messages.failed") ?? document.createElement("div");
  told.className = "messages failed";
  told.setAttribute("role", "alert");
  const line = document.createElement("div");
  line.className = "error";
  line.textContent = text;
  told.replaceChildren(line);
  main.prepend(told);
  told.scrollIntoView({ block: "nearest" });
}

const isAsked = ({ detail }) => BY_A_PERSON.has(detail.requestConfig?.triggeringEvent?.type);

document.addEventListener("htmx:responseError", (event) => {
  if (!isAsked(event)) return;
  tell(
    event.detail.xhr.status === 403
      ? "This was refused, perhaps because you signed in anew elsewhere. Copy what you typed, reload the page, press again."
      : "That did not work, and it is our fault. Nothing typed is lost. Press again in a moment.",
  );
});
document.addEventListener("htmx:sendError", (event) => {
  // A conversation keeps what it hears by itself.
  if (isAsked(event) && !document.querySelector("[data-kept]")) tell("No network. Nothing typed is lost. Press again when it is back.");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && isAsked(event)) document.querySelector("#main > div.messages.failed")?.remove();
});
