// “Let this browser ring”: subscribes to web push and tells the server where to.
const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "="));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function subscribe(form) {
  if (!navigator.serviceWorker || !window.PushManager) throw new Error("This browser cannot ring.");
  if ((await Notification.requestPermission()) !== "granted") {
    throw new Error("The browser was not allowed to show notices. Allow it in its settings, then press again.");
  }
  const { pushKey, pushWorker, pushPage } = form.dataset;
  const registration = await navigator.serviceWorker.register(pushWorker);
  const options = { userVisibleOnly: true, applicationServerKey: bytes(pushKey) };
  const given = await registration.pushManager.subscribe(options).catch(async () => {
    // Subscribed with another key before: begin anew.
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    return registration.pushManager.subscribe(options).catch(() => {
      throw new Error("This browser’s service for notices does not answer. Press again later.");
    });
  });
  const body = new FormData(form);
  body.append("endpoint", given.endpoint);
  for (const name of ["p256dh", "auth"]) body.append(name, text(given.getKey(name)));
  // Where the server leads is not fetched here: the page that is read must be the one that says it worked.
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
  if (answer.type !== "opaqueredirect") throw new Error(await answer.text());
  location.assign(pushPage);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-push-key]");
  if (!form) return;
  event.preventDefault();
  const said = form.querySelector("[role=status]");
  said.textContent = "One moment …";
  subscribe(form).catch((error) => { said.textContent = error.message || "It did not work. Try again."; });
});
