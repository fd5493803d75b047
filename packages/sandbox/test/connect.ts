import Stripe from "stripe";
import { expect, onTestFinished } from "vitest";
import { type Sandbox, type StartOptions, startSandbox } from "../src/index.js";
import { type Collection, collecting, createCollection } from "./collect.js";

export type Connected = { sandbox: Sandbox; stripe: Stripe };

const stride = 20 * 86_400_000;

/** The sandbox, whose events are gathered on the way through time: it forgets those of a month ago. */
const keepingEvents = (sandbox: Sandbox, collection: Collection): Sandbox => ({
  ...sandbox,
  advance: (to) => {
    const look = () => {
      for (const event of sandbox.events()) collection.keep(event);
    };
    look();
    for (let at = sandbox.now().getTime() + stride; at < to.getTime(); at += stride) {
      sandbox.advance(new Date(at));
      look();
    }
    sandbox.advance(to);
  },
});

/**
 * A sandbox on a port of its own, with the real SDK in front of it. It ends with the test, which fails if an
 * answer or an event was not what the SDK declares.
 */
export const connect = async (options: StartOptions = {}, key?: string): Promise<Connected> => {
  const collection = createCollection();
  const sandbox = keepingEvents(await startSandbox({ log: () => {}, ...options }), collection);
  // Not an `afterEach` of this module: test files share it, and only the first to load it would get the hook.
  onTestFinished(async () => {
    const faults = collection.faults(sandbox);
    await sandbox.close();
    expect(faults).toEqual([]);
  });
  const { hostname, port } = new URL(sandbox.url);
  const stripe = new Stripe(key ?? sandbox.secretKey, {
    host: hostname,
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    // What the publishable key is shown is less than the SDK declares.
    ...(key?.startsWith("pk_") ? {} : { httpClient: collecting(Stripe.createNodeHttpClient(), collection) }),
  });
  return { sandbox, stripe };
};

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
