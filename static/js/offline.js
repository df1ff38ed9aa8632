// The page for logging a secret without a network: whom this device knows, and the kinds it last saw.
import { me, recent } from "./outbox.js";

const offline = document.getElementById("log-offline");
const form = offline.querySelector("form");

form.hidden = !me;
offline.querySelector("[data-nobody]").hidden = Boolean(me);
offline.querySelector("[data-who]").textContent = me?.name ?? "";
const [whom, kinds] = [form.querySelector("[data-recent]"), form.querySelector("[data-kinds]")];
whom.prepend(...recent().map((one) => new Option(one.name, one.id)));
const asked = new URLSearchParams(location.search).get("customer");
whom.value = recent().some((one) => one.id === asked) ? asked : recent()[0]?.id ?? "";
JSON.parse(localStorage.getItem("rapport-kinds") ?? "[]").forEach(([key, name]) => kinds.add(new Option(name, key)));
const somebody = () => (form.querySelector("[data-somebody]").hidden = Boolean(whom.value));
whom.addEventListener("change", somebody);
somebody();
