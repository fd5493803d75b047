import { expect } from "vitest";
import { anHourLater, day } from "../ending-story.js";
import type { World } from "../world.js";
import { type Life, leave, type TellLife } from "./lives.js";

const failing = "pm_card_chargeCustomerFail";
/** Days on their way, which Stripe's test accounts make three minutes: https://docs.stripe.com/payments/sepa-debit. */
const debits = { arrives: "DE08370400440532013003", sentBack: "DE78370400440532013004" } as const;
const inEuro = { planId: "starter", interval: "month", currency: "eur" };

const overdue = { status: "past_due" } as const;
const active = { status: "active" } as const;
const ended = { status: "ended" } as const;

export const renewalThatRecovers: TellLife = async ({ world, begin }) => {
  const life = await begin();
  await life.one.payWith(failing);
  await life.renew();
  const once = ["activated", "past_due", "payment.failed"];
  await life.expect({ stored: overdue, plan: "starter", told: once, charged: 900 });
  await life.pass(3);
  const twice = [...once, "payment.failed"];
  await life.expect({ stored: overdue, plan: "starter", told: twice, charged: 900 });
  await life.one.payWith("pm_card_visa");
  world.tick(5 * day + anHourLater);
  await life.deliver();
  const told = [...twice, "recovered", "payment.recovered"];
  await life.expect({ stored: active, plan: "starter", told, charged: 1800 });
  await life.renew();
  await life.expect({ stored: active, plan: "starter", told, charged: 2700 });
};

export const renewalThatNeverDoes: TellLife = async ({ begin }) => {
  const life = await begin();
  await life.one.payWith(failing);
  await life.renew();
  for (let passed = 0; passed < 8; passed += 1) await life.pass(1);
  const told = ["activated", "past_due", ...Array.from({ length: 3 }, () => "payment.failed")];
  // Grace is over, and the provider goes on trying.
  await life.expect({ stored: overdue, plan: "free", told, charged: 900 });
  await life.pass(8);
  // The attempt that fails last ends it in the same moment.
  const over = [...told, "ended", "dunning.ended", "payment.failed"];
  await life.expect({ stored: ended, plan: "free", told: over, charged: 900 });
};

export const threeDSecureAtARenewal: TellLife = async ({ begin }) => {
  const life = await begin();
  await life.one.payWith("pm_card_authenticationRequired");
  await life.renew();
  const told = ["activated", "payment.action_required", "past_due"];
  await life.expect({ stored: overdue, plan: "starter", told, charged: 900 });
  const [open] = (await life.one.invoices()).filter(({ status }) => status === "open");
  const { body } = await life.post(`/invoices/${open?.id}/pay`);
  expect(body).toMatchObject({ status: "requires_action", access: { attention: "payment_failed" } });
  await life.one.confirm(body.clientSecret, "succeed");
  await life.deliver();
  const recovered = [...told, "recovered", "payment.recovered"];
  await life.expect({ stored: active, plan: "starter", told: recovered, charged: 1800 });
};

/** Pays from a bank account from now on, and is on the way with it for a renewal. */
async function renewByDebit(life: Life, { dashboard, sandbox, tick }: World, iban: string) {
  const { id } = await dashboard.paymentMethods.create({
    type: "sepa_debit",
    sepa_debit: { iban },
    billing_details: { name: "Ada Lovelace", email: "ada@example.com" },
  });
  await dashboard.paymentMethods.attach(id, { customer: life.customer });
  await dashboard.subscriptions.update(life.id, { default_payment_method: id });
  const { currentPeriod } = await life.stored();
  const left = Date.parse(currentPeriod?.end ?? "") - sandbox.now().getTime();
  tick(left / 1000 + 3600 + 60);
  await life.deliver();
}

export const debitThatFailsAfterDays: TellLife = async ({ world, begin }) => {
  const life = await begin(inEuro);
  await renewByDebit(life, world, debits.sentBack);
  await life.expect({ stored: active, plan: "starter", told: ["activated"], charged: 800 });
  await life.pass(3);
  const told = ["activated", "past_due", "payment.failed"];
  await life.expect({ stored: overdue, plan: "starter", told, charged: 800 });
  await life.post("/subscription/cancel");
  const over = [...told, "ended", "dunning.ended"];
  await life.expect({ stored: ended, plan: "free", told: over, charged: 800 });
};

export const paymentAfterTheCancellation: TellLife = async ({ world, begin }) => {
  const life = await begin(inEuro);
  await renewByDebit(life, world, debits.arrives);
  await life.post("/subscription/cancel", { at: "now" });
  const told = ["activated", "ended"];
  await life.expect({ stored: ended, plan: "free", told, charged: 800 });
  await life.pass(8);
  // It is theirs to have back, and opens nothing again.
  await life.expect({ stored: ended, plan: "free", told, charged: 1600 });
};

export const twoCurrencies: TellLife = async ({ begin }) => {
  const [euro, dollar] = [await begin(inEuro), await begin()];
  for (const life of [euro, dollar]) await life.renew();
  const both = { stored: active, plan: "starter", told: ["activated"] } as const;
  await euro.expect({ ...both, charged: 1600 });
  await dollar.expect({ ...both, charged: 1800 });
  const { preview, paid } = await euro.one.agree({ planId: "pro" });
  expect(preview).toMatchObject({ currency: "eur", nextInvoice: { total: 2700 } });
  const told = ["activated", "changed"];
  await euro.expect({ stored: { planId: "pro", currency: "eur" }, plan: "pro", told, charged: 1600 + paid });
  // What is sold in dollars alone is not for whoever pays in euros.
  const care = { planId: "care", interval: "month", currency: "usd" };
  expect(await euro.post("/checkout", care)).toMatchObject({ status: 409 });
  await leave(euro);
  const over = [...told, "cancel_scheduled", "ended"];
  await euro.expect({ stored: ended, plan: "free", told: over, charged: 1600 + paid });
};
