import { checkFeedbackOption } from "../subscriptions/terms/feedback-option.js";
import { need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { World } from "../world/world.js";
import type { Features, GivenFeatures } from "./portal-features.js";

type Update = NonNullable<GivenFeatures["subscription_update"]>;
type Product = NonNullable<NonNullable<Update["products"]>[number]>;

const at = "features[subscription_update]";

/** https://docs.stripe.com/customer-management#customer-portal-limitations */
const mostProducts = 10;

/** A product's prices differ in their interval: of two that don't, nobody could tell which one is meant. */
const checkPrices = (world: World, { product, prices }: Product, param: string): void => {
  const intervals = new Set<string>();
  for (const id of prices) {
    const price = need(world.prices, "price", id, `${param}[prices]`);
    if (price.product !== product)
      throw invalidRequest(
        `The price \`${id}\` does not belong to the product \`${product}\`.`,
        undefined,
        `${param}[prices]`,
      );
    const { interval = "once", interval_count = 1 } = price.recurring ?? {};
    const span = `${interval}:${interval_count}`;
    if (intervals.has(span))
      throw invalidRequest(
        `The prices of product \`${product}\` must have unique \`recurring[interval]\` values.`,
        undefined,
        `${param}[prices]`,
      );
    intervals.add(span);
  }
};

/** Refuses products and prices that don't exist, too many of them, and quantities that run backwards. */
const checkProducts = (world: World, products: readonly Product[]): void => {
  if (products.length > mostProducts)
    throw invalidRequest(
      `Array products exceeded maximum ${mostProducts} allowed elements.`,
      undefined,
      `${at}[products]`,
    );
  products.forEach((row, index) => {
    const param = `${at}[products][${index}]`;
    need(world.products, "product", row.product, `${param}[product]`);
    checkPrices(world, row, param);
    const range = row.adjustable_quantity;
    if (range?.maximum !== undefined && range.maximum < (range.minimum ?? 1))
      throw invalidRequest(
        "The maximum quantity must be at least the minimum.",
        undefined,
        `${param}[adjustable_quantity][maximum]`,
      );
  });
};

/** What is switched on must say what may change and to what (since 2024-09-30 only then). */
const checkSwitchedOn = (given: Update, earlier: Features["subscription_update"]): void => {
  if (given.enabled !== true) return;
  const missing = (name: "default_allowed_updates" | "products") =>
    given[name] === undefined && (earlier[name]?.length ?? 0) === 0;
  for (const name of ["default_allowed_updates", "products"] as const) {
    const param = `${at}[${name}]`;
    if (missing(name)) throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
  }
};

const checkCancel = ({ mode, proration_behavior: proration }: Features["subscription_cancel"]): void => {
  const param = "features[subscription_cancel][proration_behavior]";
  if (proration === "always_invoice")
    throw invalidRequest("`always_invoice` can't be used to cancel subscriptions.", undefined, param);
  if (proration === "create_prorations" && mode !== "immediately")
    throw invalidRequest("`create_prorations` is only compatible with `mode=immediately`.", undefined, param);
};

/**
 * Refuses features that Stripe refuses.
 *
 * @param earlier what the configuration has
 * @param merged what it would have
 */
export const checkFeatures = (
  world: World,
  given: GivenFeatures,
  { earlier, merged }: { earlier: Features; merged: Features },
): void => {
  const update = given.subscription_update;
  checkProducts(world, update?.products ?? []);
  given.subscription_cancel?.cancellation_reason?.feedback_options?.forEach((id, index) => {
    const param = `features[subscription_cancel][cancellation_reason][feedback_options][${index}]`;
    checkFeedbackOption(world, id, param);
  });
  if (update) checkSwitchedOn(update, earlier.subscription_update);
  checkCancel(merged.subscription_cancel);
};
