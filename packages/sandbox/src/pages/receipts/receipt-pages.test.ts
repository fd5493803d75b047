import type Stripe from "stripe";
import { expect, it } from "vitest";
import { connect } from "../../../test/connect.js";
import { findOverflow, findViolations, openBrowser } from "../../../test/open-browser.js";

it("shows a receipt in both schemes and at every width, in the payer's language", async () => {
  const { stripe } = await connect();
  const { id: customer } = await stripe.customers.create({ preferred_locales: ["de"] });
  const { latest_charge } = await stripe.paymentIntents.create({
    amount: 4100,
    currency: "eur",
    confirm: true,
    customer,
    description: "Order 7",
    payment_method: "pm_card_visa",
    expand: ["latest_charge"],
  });
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto((latest_charge as Stripe.Charge).receipt_url ?? "");
    await page.getByRole("heading", { name: "Beleg" }).waitFor();
    expect(await page.getByText(/41,00\s€/).count()).toBeGreaterThan(1);
    expect(await findViolations(page)).toEqual([]);
    expect(await findOverflow(page)).toEqual([]);
  } finally {
    await browser.close();
  }
}, 60_000);
