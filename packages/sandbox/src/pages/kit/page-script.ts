/** Runs on every hosted page: card formatting, one-click fills, and a pay button that can't be pressed twice. */
export const pageScript = `
(() => {
  const field = (name) => document.querySelector('[data-card] [name="' + name + '"]');
  const groups = (digits) => /^3[47]/.test(digits)
    ? [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10, 15)].filter(Boolean).join(" ")
    : (digits.slice(0, 19).match(/.{1,4}/g) ?? []).join(" ");
  const expiry = (text) => {
    let digits = text.replace(/\\D/g, "");
    if (digits.length === 6) digits = digits.slice(0, 2) + digits.slice(4);
    if (/^[2-9]/.test(digits)) digits = "0" + digits;
    return digits.length > 2 ? digits.slice(0, 2) + " / " + digits.slice(2, 4) : digits;
  };
  const keep = (input, format) => input?.addEventListener("input", () => {
    const atEnd = input.selectionStart === input.value.length;
    if (atEnd) input.value = format(input.value);
  });
  keep(field("number"), (text) => groups(text.replace(/\\D/g, "")));
  keep(field("expiry"), expiry);
  keep(field("cvc"), (text) => text.replace(/\\D/g, "").slice(0, 4));

  for (const chips of document.querySelectorAll("[data-chips]")) {
    chips.hidden = false;
    chips.addEventListener("click", (event) => {
      const { number, account } = event.target.closest("button")?.dataset ?? {};
      const email = document.querySelector('input[name="email"]:not([readonly])');
      if (email && !email.value) email.value = "customer@example.com";
      if (account) {
        const typed = document.querySelector('input[name="account"]'), holder = document.querySelector('input[name="holder"]');
        typed.value = account;
        if (!holder.value) holder.value = "Test Customer";
      }
      if (!number) return;
      field("number").value = groups(number);
      field("expiry").value = "12 / " + String((new Date().getFullYear() + 4) % 100).padStart(2, "0");
      field("cvc").value = "123";
      const name = field("name"), postal = field("postal_code");
      if (name && !name.value) name.value = "Test Customer";
      if (postal && !postal.value) postal.value = "94107";
    });
  }

  // With the script a choice counts at once.
  document.head.append(Object.assign(document.createElement("style"), { textContent: "[data-needless] { display: none }" }));
  // A change of the order leaves what was typed beside it alone.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-order]")) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of [".order", "[data-pay]", "[data-terms]"]) {
      const fresh = next.querySelector(part);
      if (!fresh && part === ".order") return location.reload();
      if (fresh) document.querySelector(part)?.replaceWith(fresh);
    }
    document.querySelector('.order [aria-invalid="true"]')?.focus();
  }, true);
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-order] input[type=radio]")) event.target.form.requestSubmit();
  });
  if (parent !== window && document.querySelector(".embedded, .message")) {
    const tell = () => parent.postMessage(
      { source: "tollgate-checkout", type: "height", height: document.body.scrollHeight }, "*");
    new ResizeObserver(tell).observe(document.body);
  }

  const buttons = () => document.querySelectorAll("form[method=post]:not([data-order]) button[type=submit]");
  for (const form of document.querySelectorAll("form[method=post]:not([data-order])")) {
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!button || button.getAttribute("aria-disabled") === "true") return event.preventDefault();
      button.style.width = button.getBoundingClientRect().width + "px";
      button.dataset.label = button.textContent;
      if (button.dataset.busy) button.textContent = button.dataset.busy;
      for (const other of buttons()) other.setAttribute("aria-disabled", "true");
    });
  }
  // A page that comes back from the browser's memory must be usable again.
  addEventListener("pageshow", () => {
    for (const button of buttons()) {
      button.removeAttribute("aria-disabled");
      if (button.dataset.label) button.textContent = button.dataset.label;
      button.style.width = "";
    }
  });
  document.querySelector('[aria-invalid="true"], [data-focus]')?.focus();
})();
`;
