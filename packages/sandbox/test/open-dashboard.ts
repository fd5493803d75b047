import { expect } from "vitest";
import type { SandboxOptions } from "../src/sandbox/sandbox-options.js";
import { type InProcess, inProcess, receiverUrl } from "./in-process.js";

/** A sandbox in which somebody with a strange name subscribed to a plan, and an endpoint heard of it. */
export const subscribed = async (options: SandboxOptions = {}) => {
  const desk = inProcess({ webhooks: [{ url: receiverUrl }], ...options });
  const { stripe, sandbox } = desk;
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2900,
    product_data: { name: "Pro" },
    recurring: { interval: "month" },
  });
  const customer = await stripe.customers.create({ name: "Ada <b>Lovelace</b>", email: "ada@example.com" });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  await sandbox.settled();
  return { ...desk, customer, card, subscription, price };
};

/** A page, as a browser asks for it. */
export const get = (sandbox: InProcess["sandbox"], path: string): Promise<Response> =>
  sandbox.fetch(new Request(`${sandbox.url}${path}`));

/** A form, as a browser sends it from the dashboard unless told otherwise. */
export const post = (
  sandbox: InProcess["sandbox"],
  path: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = { origin: sandbox.url },
): Promise<Response> =>
  sandbox.fetch(
    new Request(`${sandbox.url}${path}`, { method: "POST", body: new URLSearchParams(fields), headers }),
  );

/** What the page says after a form was sent. */
export const act = async (
  sandbox: InProcess["sandbox"],
  path: string,
  fields: Record<string, string> = {},
) => {
  const answer = await post(sandbox, path, fields);
  expect(answer.status).toBe(303);
  const page = await get(sandbox, answer.headers.get("location") ?? "");
  return page.text();
};
