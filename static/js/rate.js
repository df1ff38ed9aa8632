// One POST at the first real touch says that a person opened the page. Nothing else is sent; without this file, nothing.
const form = document.querySelector("form[data-opened]");
const touches = ["pointerdown", "keydown"];

function tell(event) {
  if (!event.isTrusted) return;
  for (const touch of touches) removeEventListener(touch, tell);
  fetch(form.dataset.opened, { method: "POST", keepalive: true, referrerPolicy: "no-referrer" }).catch(() => {});
}

if (form) for (const touch of touches) addEventListener(touch, tell, { passive: true });
