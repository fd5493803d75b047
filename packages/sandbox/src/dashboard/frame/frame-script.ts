/** Runs on every page of the dashboard: copying, and buttons that can't be pressed twice. Nothing needs it. */
export const frameScript = `
document.documentElement.classList.add("js");
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (!button) return;
  const { copy, copyFrom } = button.dataset;
  const text = copy ?? document.querySelector(copyFrom)?.textContent ?? "";
  const label = button.textContent;
  button.style.minWidth = button.getBoundingClientRect().width + "px";
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed";
  }
  setTimeout(() => { button.textContent = label; }, 1500);
});
document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  button?.setAttribute("aria-disabled", "true");
});
document.addEventListener("DOMContentLoaded", () => {
  for (const current of document.querySelectorAll(".ways [aria-current]")) {
    const list = current.parentElement;
    list.scrollLeft = current.offsetLeft - list.clientWidth / 2 + current.clientWidth / 2;
  }
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
});
document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-go]")) event.target.form.requestSubmit();
});
`;
