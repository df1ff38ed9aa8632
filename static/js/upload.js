// Says that a file is too large before it is sent. Without this the server says it.
const field = document.querySelector("input[type=file][data-most]");

field?.addEventListener("change", () => {
  const file = field.files[0];
  const most = Number(field.dataset.most);
  const words = file && file.size > most ? `The file is larger than ${most / 1024 / 1024} MB. Split it and import the parts.` : "";
  field.setCustomValidity(words);
  field.reportValidity();
});

field?.form.addEventListener("submit", (event) => {
  if (!field.checkValidity()) {
    event.preventDefault();
    field.reportValidity();
  }
});
