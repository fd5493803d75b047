import { find } from "../../world/find.js";
import { rowsOf } from "../../world/owned-rows.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { Coupon, Customer, Discount } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { ended } from "./cancel-subscription.js";

const inDiscount = (world: World, customer: Customer): (string | null)[] => {
  const discount = find<Discount>(world.discounts, customer.discount?.id);
  const coupon = find<Coupon>(world.coupons, discount?.source.coupon as string | null | undefined);
  return coupon ? [coupon.currency] : [];
};

const inCheckouts = (world: World, customer: Customer): (string | null)[] =>
  rowsOf(world, "cs", customer.id)
    .filter(({ mode, status }) => mode === "subscription" && status === "open")
    .map(({ currency }) => currency);

/** The currencies in which a customer is, or is about to be, billed. */
const currenciesOf = (world: World, customer: Customer): (string | null)[] => {
  const schedules = Object.values(world.subscriptionSchedules).filter(
    (schedule) => schedule.customer === customer.id && schedule.status === "not_started",
  );
  return [
    ...rowsOf(world, "sub", customer.id)
      .filter((subscription) => !ended(subscription))
      .map(({ currency }) => currency),
    ...schedules.flatMap(({ phases }) => phases.map(({ currency }) => currency)),
    ...inDiscount(world, customer),
    ...rowsOf(world, "ii", customer.id)
      .filter((item) => item.invoice === null)
      .map(({ currency }) => currency),
    ...inCheckouts(world, customer),
  ];
};

/**
 * Refuses a subscription in another currency than the one its customer is billed in now. Single invoices may
 * be in any. https://docs.stripe.com/invoicing/multi-currency-customers
 */
export const checkOneCurrency = (world: World, id: string, currency: string): void => {
  const customer = find<Customer>(world.customers, id);
  const other = customer && currenciesOf(world, customer).find((one) => one !== null && one !== currency);
  if (other)
    throw invalidRequest(
      "You cannot combine currencies on a single customer. This customer has an active subscription, " +
        "subscription schedule, discount, quote, invoice item or active subscription mode checkout session with " +
        `currency ${other}.`,
    );
};
