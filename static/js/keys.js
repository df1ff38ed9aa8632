// Keys of the shell, and menus that close when one looks elsewhere.
// A dialog's field keeps the focus for a moment after it closed: nobody types into what is not seen.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]") && target.checkVisibility?.() !== false;
const search = () => document.getElementById("search");

function showKeys() {
  document.querySelectorAll("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
  document.getElementById("keys")?.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    search()?.focus();
    return;
  }
  if (event.key === "Escape") {
    const menu = document.querySelector("details.menu[open]");
    menu?.removeAttribute("open");
    menu?.querySelector("summary").focus();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    event.preventDefault();
    search()?.focus();
  } else if (event.key === "?") {
    showKeys();
  } else {
    const deed = [...document.querySelectorAll("a[data-key]")].find((link) => link.dataset.key === event.key);
    if (deed) {
      event.preventDefault();
      deed.click();
    }
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest('a[data-key="?"]')) {
    event.preventDefault();
    showKeys();
    return;
  }
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  });
});
