import { currencyOptionsOf, optionTiersOf } from "../../engine/catalog/price-amount.js";
import { creditBalances } from "../../engine/customers/customer-balance.js";
import { taxIdsOf } from "../../engine/customers/tax-id.js";
import { customerTax } from "../../engine/tax/customer-tax.js";
import { find } from "../../engine/world/find.js";
import { rowsOf } from "../../engine/world/owned-rows.js";
import type { World } from "../../engine/world/world.js";

type Held = Record<string, unknown> & { id?: unknown; object?: unknown };

const listOf = (data: unknown[], url: string) => ({
  object: "list",
  data: structuredClone(data),
  has_more: false,
  url,
});

const paymentsOf = (world: World, invoice: string): unknown =>
  listOf(rowsOf(world, "inpay", invoice), `/v1/invoice_payments?invoice=${invoice}`);

/** The secret with which Stripe.js confirms the invoice's payment; null once there is nothing to pay. */
const confirmationSecretOf = (world: World, invoice: string): unknown => {
  const payment = rowsOf(world, "inpay", invoice).find((row) => row.is_default);
  const intent = find(world.paymentIntents, payment?.payment.payment_intent);
  return intent?.client_secret ? { client_secret: intent.client_secret, type: "payment_intent" } : null;
};

/** Undefined for a price without tiers, which shows none. */
const tiersOf = (world: World, id: string): unknown => find(world.hidden.priceParts, id)?.tiers ?? undefined;

/** Undefined for an item that nothing was charged for in advance. */
const billedUntil = (world: World, item: string): unknown => {
  const ends = (find(world.hidden.billed, item) ?? []).map(({ end }) => end);
  return ends.length > 0 ? Math.max(...ends) : undefined;
};

/** Properties that Stripe leaves out of an object unless a request expands them. */
const includable: Record<string, Record<string, (world: World, id: string) => unknown>> = {
  invoice: { payments: paymentsOf, confirmation_secret: confirmationSecretOf },
  "checkout.session": {
    line_items: (world, id) =>
      listOf(find(world.hidden.checkouts, id)?.lineItems ?? [], `/v1/checkout/sessions/${id}/line_items`),
  },
  charge: {
    refunds: (world, id) =>
      listOf(
        Object.values(world.refunds).filter((refund) => refund.charge === id),
        `/v1/charges/${id}/refunds`,
      ),
  },
  coupon: {
    applies_to: (world, id) => ({ products: find(world.hidden.couponParts, id)?.applies_to?.products ?? [] }),
    currency_options: (world, id) => find(world.hidden.couponParts, id)?.currency_options ?? {},
  },
  plan: { tiers: tiersOf },
  // https://docs.stripe.com/changelog/dahlia/2026-05-27/subscription-item-billed-until-includable
  subscription_item: { billed_until: billedUntil },
  price: {
    tiers: tiersOf,
    currency_options: (world, id) => currencyOptionsOf(world, id),
  },
  customer: {
    subscriptions: (world, id) =>
      listOf(
        rowsOf(world, "sub", id)
          .filter((row) => row.status !== "canceled")
          .reverse(),
        `/v1/customers/${id}/subscriptions`,
      ),
    sources: (_world, id) => listOf([], `/v1/customers/${id}/sources`),
    tax: customerTax,
    tax_ids: (world, id) => listOf([...taxIdsOf(world, id)], `/v1/customers/${id}/tax_ids`),
    invoice_credit_balance: (world, id) => {
      const customer = find(world.customers, id);
      return customer ? creditBalances(world, customer) : {};
    },
  },
};

/** Puts a price's tiers in one currency beside what else it costs in it. */
export const includeOptionTiers = (world: World, price: Held, currency: string): void => {
  const options = price.currency_options as Record<string, object> | undefined;
  const tiers = optionTiersOf(world, String(price.id), currency);
  const option = options && find(options, currency);
  if (option && tiers) Object.assign(option, { tiers: structuredClone(tiers) });
};

/** Computes a left-out property of an object, or undefined if it has none of that name. */
export const include = (world: World, holder: Held, key: string): unknown => {
  if (typeof holder.object !== "string" || typeof holder.id !== "string") return undefined;
  return includable[holder.object]?.[key]?.(world, holder.id);
};
