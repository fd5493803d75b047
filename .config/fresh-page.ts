// Test files share one page, so that what they import is loaded once. Each finds it as a new one would be.
import "../packages/react/src/styles.css";
import { afterAll } from "vitest";
import { page } from "vitest/browser";

const { body, head, documentElement: root } = document;
const address = location.href;
const heads = [...head.children];
const attributes = [root, body].map((element) => [element, element.cloneNode() as Element] as const);

afterAll(async () => {
  body.replaceChildren();
  // What a bundler loads, it loads once: a stylesheet that was imported stays.
  const imported = [...head.querySelectorAll("[data-vite-dev-id]")];
  head.replaceChildren(...new Set([...heads, ...imported]));
  for (const [element, before] of attributes) {
    for (const name of element.getAttributeNames()) element.removeAttribute(name);
    for (const name of before.getAttributeNames())
      element.setAttribute(name, before.getAttribute(name) ?? "");
  }
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, "", address);
  await page.viewport(414, 896);
  scrollTo({ top: 0, left: 0, behavior: "instant" });
});
