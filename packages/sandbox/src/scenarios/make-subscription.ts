import { find } from "../engine/world/find.js";
import type { Customer, Price, Subscription } from "../engine/world/wire.js";
import { type Cast, payerOf, unfit } from "./cast.js";
import type { Stage } from "./stage.js";

/** Whether a subscription to one of it has something to pay every period. */
export const sells = ({ active, type, billing_scheme, recurring, unit_amount }: Price): boolean =>
  active &&
  type === "recurring" &&
  billing_scheme === "per_unit" &&
  recurring?.usage_type === "licensed" &&
  (unit_amount ?? 0) > 0;

/** A price of the catalog that costs something every period, monthly ones first; a new one if there is none. */
const somePrice = async ({ world, ask }: Stage): Promise<string> => {
  const sold = Object.values(world.prices).filter(
    (price) => sells(price) && find(world.products, price.product as string)?.active,
  );
  const known = sold.find(({ recurring }) => recurring?.interval === "month") ?? sold[0];
  if (known) return known.id;
  const { id } = await ask<Price>("POST", "/v1/prices", {
    currency: "usd",
    unit_amount: 2000,
    recurring: { interval: "month" },
    product_data: { name: "Pro" },
  });
  return id;
};

/** A customer as an app makes one at signing up. */
export const makeCustomer = async ({ ask }: Stage): Promise<string> => {
  const { id } = await ask<Customer>("POST", "/v1/customers", {
    email: "ada@example.com",
    name: "Ada Lovelace",
  });
  return id;
};

/** The subscription as it is stored, which follows what happens to it. */
const stored = ({ world }: Stage, id: string): Subscription => {
  const subscription = find(world.subscriptions, id);
  if (!subscription) throw new Error(`The sandbox lost ${id}: was it reset meanwhile?`);
  return subscription;
};

/** Subscribes the customer, who pays with what they have or with a new card. */
export const openSubscription = async (
  cast: Cast,
  { trialDays }: { trialDays?: number },
): Promise<Subscription> => {
  const { stage, customer, options, tell } = cast;
  await payerOf(cast, null);
  const price = options.price ?? (await somePrice(stage));
  const { id } = await stage.ask<Subscription>("POST", "/v1/subscriptions", {
    customer,
    items: [{ price }],
    ...(trialDays === undefined ? {} : { trial_period_days: trialDays }),
  });
  tell(
    `The customer subscribed to ${price}${trialDays === undefined ? "" : ` with ${trialDays} days of trial`}.`,
  );
  const subscription = stored(stage, id);
  if (subscription.status === "incomplete")
    throw unfit(
      `The first payment of the new subscription ${id} did not succeed: give customer ${customer} a card that pays.`,
    );
  return subscription;
};
