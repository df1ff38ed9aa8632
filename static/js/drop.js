// A file dropped on the page is checked at once; the field and the button do the same without this.
const form = document.querySelector("form[data-drop]");
const field = form?.querySelector("input[type=file]");
const zone = form?.querySelector(".dropzone");

const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

function check() {
  const file = field.files[0];
  const most = Number(field.dataset.most);
  field.setCustomValidity(file && file.size > most ? "This file is far larger than any statement." : "");
  if (file && field.reportValidity()) form.requestSubmit();
}

if (form) {
  field.addEventListener("change", check);
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.classList.remove("over");
    field.files = event.dataTransfer.files;
    check();
  });
}
