import { expect, test } from "vitest";
import { inProcess } from "../../../test/in-process.js";
import { brandCss } from "./brand-css.js";

test.each([
  ["#0a2540", "#ffffff"],
  ["#ffd166", "#000000"],
  ["#FF0000", "#000000"],
])("writes on a button of colour %s in %s", (button_color, text) => {
  expect(brandCss({ button_color })).toContain(`background: ${button_color}; color: ${text};`);
});

test("leaves out what is not a colour, and rounds corners as asked", () => {
  expect(brandCss({ border_style: "pill", button_color: "red} body{display:none" })).toBe(
    ".checkout { --radius: 999px; }",
  );
  expect(brandCss(undefined)).toBe("");
});

test("shows a session under its own name, with its own button", async () => {
  const { stripe, sandbox } = inProcess();
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [
      { price_data: { currency: "usd", unit_amount: 900, product_data: { name: "Tea" } }, quantity: 1 },
    ],
    success_url: "https://app.test/ok",
    branding_settings: { button_color: "#0a2540", display_name: "Ada’s Teas" },
  });
  const html = await (await sandbox.fetch(new Request(session.url ?? ""))).text();
  expect(html).toContain("Ada’s Teas");
  expect(html).toContain("background: #0a2540; color: #ffffff;");
});
