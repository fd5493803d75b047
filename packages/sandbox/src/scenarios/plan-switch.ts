import { find, need } from "../engine/world/find.js";
import type { Price, Subscription, SubscriptionItem } from "../engine/world/wire.js";
import { type Cast, type Outcome, payerOf, unfit } from "./cast.js";
import { castSubscription } from "./cast-subscription.js";
import { sells } from "./make-subscription.js";
import { renews } from "./renew.js";

const sameRhythm = (one: Price, other: Price): boolean =>
  one.recurring?.interval === other.recurring?.interval &&
  one.recurring?.interval_count === other.recurring?.interval_count;

/** The catalog's next dearer price of the same currency and rhythm, else a cheaper one; a new one at twice the price. */
const otherPrice = async ({ stage }: Cast, now: Price): Promise<Price> => {
  const amount = now.unit_amount ?? 0;
  const others = Object.values(stage.world.prices)
    .filter((price) => price.id !== now.id && price.currency === now.currency)
    .filter((price) => sells(price) && sameRhythm(price, now) && price.unit_amount !== amount)
    .sort((one, other) => (one.unit_amount ?? 0) - (other.unit_amount ?? 0));
  const dearer = others.find((price) => (price.unit_amount ?? 0) > amount);
  const known = dearer ?? others.at(-1);
  if (known) return known;
  const { interval = "month", interval_count = 1 } = now.recurring ?? {};
  return stage.ask<Price>("POST", "/v1/prices", {
    currency: now.currency,
    unit_amount: Math.max(1000, amount * 2),
    recurring: { interval, interval_count },
    product_data: { name: "Team" },
  });
};

/** The item that is switched: the only one that is paid ahead. */
const itemOf = (subscription: Subscription): SubscriptionItem => {
  const [item, another] = subscription.items.data.filter(
    ({ price }) => price.recurring?.usage_type === "licensed",
  );
  if (item && !another) return item;
  throw unfit(
    `Subscription ${subscription.id} has ${item ? "several plans" : "no plan that is paid ahead"}: switch it with ` +
      "`subscriptions.update`.",
  );
};

/** The plan is switched now, and the difference is charged at once. */
export const planSwitch = async (cast: Cast): Promise<Outcome> => {
  const { stage, options, tell } = cast;
  const { price: wanted, ...others } = options;
  const subscription = await castSubscription({ ...cast, options: others }, renews);
  await payerOf(cast, subscription);
  const item = itemOf(subscription);
  const price =
    wanted === undefined
      ? await otherPrice(cast, item.price)
      : need(stage.world.prices, "price", wanted, "price");
  if (price.id === item.price.id)
    throw unfit(`Subscription ${subscription.id} has the price ${price.id} already.`);
  const from = item.price.id;
  await stage.ask<Subscription>("POST", `/v1/subscriptions/${subscription.id}`, {
    items: [{ id: item.id, price: price.id }],
    proration_behavior: "always_invoice",
  });
  tell(`The plan was switched from ${from} to ${price.id}, and the difference was settled at once.`);
  const invoice = find(stage.world.invoices, subscription.latest_invoice as string | null);
  return { subscription: subscription.id, invoice: invoice?.id ?? null };
};
