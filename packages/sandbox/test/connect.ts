import Stripe from "stripe";
import { afterEach } from "vitest";
import { type Sandbox, type StartOptions, startSandbox } from "../src/index.js";

export type Connected = { sandbox: Sandbox; stripe: Stripe };

const open: Sandbox[] = [];

/** A sandbox on a port of its own, with the real SDK in front of it; it ends with the test. */
export const connect = async (options: StartOptions = {}, key?: string): Promise<Connected> => {
  const sandbox = await startSandbox(options);
  open.push(sandbox);
  const { hostname, port } = new URL(sandbox.url);
  const stripe = new Stripe(key ?? sandbox.secretKey, {
    host: hostname,
    port,
    protocol: "http",
    maxNetworkRetries: 0,
  });
  return { sandbox, stripe };
};

afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

/** What the SDK threw. */
export const refusal = async (
  promise: Promise<unknown>,
): Promise<InstanceType<typeof Stripe.errors.StripeError>> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error("This was expected to be refused.");
};

/** A recurring price of a new product. */
export const recurringPrice = async (
  stripe: Stripe,
  amount: number,
  interval: "month" | "year" = "month",
  name = "Pro",
): Promise<Stripe.Price> =>
  stripe.prices.create({
    currency: "usd",
    unit_amount: amount,
    product_data: { name },
    recurring: { interval },
  });

/** A customer with a saved card that pays by default. */
export const payer = async (stripe: Stripe, card = "pm_card_visa"): Promise<Stripe.Customer> => {
  const customer = await stripe.customers.create({ email: "ada@example.com" });
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  return stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
};
