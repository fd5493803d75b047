import type Stripe from "stripe";
import { checkCurrency, checkPrice } from "../../catalog/choose-price.js";
import { needTaxRates } from "../../tax/need-tax-rates.js";
import { find } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { Given, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";

/** A change of one item, as a request or a phase asks for it. */
export type ItemChange = NonNullable<Given<Stripe.SubscriptionUpdateParams>["items"]>[number];

const checkChange = (world: World, subscription: Subscription, change: ItemChange, param: string): void => {
  const item = subscription.items.data.find(({ id }) => id === change.id);
  if (change.id !== undefined && !item) throw invalidRequest(`Invalid subscription_item id: ${change.id}`);
  const named = change.price ?? change.plan;
  // An item may keep a price that has been archived meanwhile.
  const keeps = item !== undefined && named === item.price.id;
  const chosen = keeps || checkPrice(world, change, param);
  if (!chosen && !item)
    throw invalidRequest(`Missing required param: ${param}[price].`, "parameter_missing", `${param}[price]`);
  if (change.deleted && !item)
    throw invalidRequest(
      "You must pass the `id` of the item that is to be deleted.",
      "parameter_missing",
      `${param}[id]`,
    );
  if (chosen) checkCurrency(world, change, subscription.currency, `${param}[price]`);
  needTaxRates(world, change.tax_rates, `${param}[tax_rates]`);
};

/** The prices that the items would have. */
const pricesAfter = (subscription: Subscription, changes: readonly ItemChange[]): (string | undefined)[] => {
  const kept = subscription.items.data.flatMap((item) => {
    const change = changes.find(({ id }) => id === item.id);
    if (change?.deleted) return [];
    return [change?.price_data ? undefined : (change?.price ?? change?.plan ?? item.price.id)];
  });
  return [...kept, ...changes.filter(({ id }) => id === undefined).map(({ price, plan }) => price ?? plan)];
};

const checkRhythms = (world: World, subscription: Subscription, prices: (string | undefined)[]): void => {
  if (subscription.billing_mode.type === "flexible") return;
  const rhythms = prices.flatMap((id) => {
    const recurring = find(world.prices, id)?.recurring;
    return recurring ? [`${recurring.interval_count} ${recurring.interval}`] : [];
  });
  if (new Set(rhythms).size > 1)
    throw invalidRequest(
      "All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count` unless its billing mode is `flexible`.",
      undefined,
      "items",
    );
};

/** Refuses a price that an item has, or would have, already. */
const checkAdded = (subscription: Subscription, changes: readonly ItemChange[]): void => {
  const holders = new Map<string, string>();
  const hold = (price: string | undefined, item: string): void => {
    const holder = price === undefined ? undefined : holders.get(price);
    if (price === undefined) return;
    if (holder !== undefined)
      throw invalidRequest(
        `A new item with Price ${price} can't be added to this Subscription because an existing Subscription Item ` +
          `${holder} is already using that Price. If you want to update the existing item (e.g., to adjust the ` +
          "quantity), pass the existing Subscription Item's `id` in your update request: " +
          "https://stripe.com/docs/api/subscriptions/update#update_subscription-items-id",
        undefined,
        "plan",
      );
    holders.set(price, item);
  };
  for (const item of subscription.items.data) {
    const change = changes.find(({ id }) => id === item.id);
    if (!change?.deleted && !change?.price_data)
      hold(change?.price ?? change?.plan ?? item.price.id, item.id);
  }
  for (const { id, price, plan } of changes) if (id === undefined) hold(price ?? plan, "of this request");
};

/** Refuses impossible changes of items, before anything is done. */
export const checkItemChanges = (
  world: World,
  subscription: Subscription,
  changes: readonly ItemChange[],
): void => {
  changes.forEach((change, index) => {
    checkChange(world, subscription, change, `items[${index}]`);
  });
  const ids = changes.flatMap(({ id }) => (id === undefined ? [] : [id]));
  if (new Set(ids).size < ids.length)
    throw invalidRequest("Each subscription item can be changed only once in a request.", undefined, "items");
  const prices = pricesAfter(subscription, changes);
  if (prices.length === 0)
    throw invalidRequest("A subscription must have at least one active item.", undefined, "items");
  checkAdded(subscription, changes);
  checkRhythms(world, subscription, prices);
};
