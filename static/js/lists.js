// Picking rows of a list: the whole page at once, a range with Shift, and a count of what is picked.
const boxes = () => [...document.querySelectorAll('input[name="customer"][form="bulk"]')];
let last = null;

function tell() {
  const bar = document.getElementById("bulk");
  if (!bar) return;
  const all = boxes();
  const picked = all.filter((box) => box.checked).length;
  const everybody = bar.querySelector('[name="everybody"]')?.checked;
  const page = document.getElementById("pick-page");
  page.hidden = false;
  page.checked = picked === all.length && picked > 0;
  page.indeterminate = picked > 0 && picked < all.length;
  bar.querySelector("[data-picked]").textContent = everybody ? "All of them:" : picked ? `${picked} picked` : "Pick customers above";
  bar.classList.toggle("idle", !picked && !everybody);
}

document.addEventListener("click", (event) => {
  const box = event.target.closest('input[name="customer"][form="bulk"]');
  if (!box) return;
  const all = boxes();
  if (event.shiftKey && last && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
  }
  last = box;
});

document.addEventListener("change", (event) => {
  if (event.target.id === "pick-page") boxes().forEach((box) => { box.checked = event.target.checked; });
  tell();
});
document.addEventListener("htmx:afterSwap", tell);
tell();

// The link “More filters” becomes the fields: the eye is on them, so the focus goes there too.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.requestConfig?.elt?.id === "more-filters") document.querySelector("details.more summary")?.focus();
});
