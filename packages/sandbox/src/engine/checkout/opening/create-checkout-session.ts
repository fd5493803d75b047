import { needCustomer } from "../../customers/customer.js";
import { redeem } from "../../discounts/redeem.js";
import { merchantName } from "../../endpoints/merchant-name.js";
import { written } from "../../money/check-payable.js";
import { minimumCharge } from "../../money/minimum-charge.js";
import { checkOneCurrency } from "../../subscriptions/changing/check-one-currency.js";
import { needHeadOffice, needTaxBehavior } from "../../tax/tax-settings.js";
import { type Context, seconds } from "../../world/context.js";
import { find } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import { touch } from "../../world/touch.js";
import type { CheckoutSession, Customer } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { checkFields } from "../terms/checkout-field.js";
import { checkoutLine } from "../terms/checkout-line.js";
import type { CheckoutDiscount, CheckoutOrder, HiddenCheckout } from "../terms/checkout-order.js";
import { checkoutSetupIntent } from "../terms/checkout-setup-intent.js";
import { checkShipping, offerShipping } from "../terms/checkout-shipping.js";
import { recomputeCheckout } from "../terms/checkout-totals.js";
import { checkMode } from "./check-checkout-mode.js";
import { checkSubscriptionData, expiryOf } from "./check-checkout-plan.js";
import { checkPrices } from "./check-checkout-prices.js";
import { checkUi } from "./check-checkout-ui.js";
import { settleManaged } from "./check-managed-payments.js";
import { checkShares } from "./check-shares.js";
import { type CheckoutMode, newCheckoutSession } from "./new-checkout-session.js";

/** Where a session comes from if not from the app itself, and whether it is of a version before basil. */
export type CheckoutOrigin = { paymentLink?: string; recoveredFrom?: string; subscribesFirst?: boolean };

/** https://docs.stripe.com/tax/checkout#existing-customers */
const checkCustomer = (customer: Customer | undefined, order: CheckoutOrder): void => {
  const update = order.customer_update;
  const saves = update?.address === "auto" || update?.shipping === "auto";
  if (customer && order.automatic_tax?.enabled && !customer.address?.country && !saves)
    throw invalidRequest(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to " +
        "the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' " +
        "to save the address entered in Checkout to the Customer.",
      "customer_tax_location_invalid",
    );
  if (customer && order.tax_id_collection?.enabled && update?.name !== "auto")
    throw invalidRequest(
      "Tax ID collection requires updating business name on the customer. To enable tax ID collection for an " +
        "existing customer, please set `customer_update[name]` to `auto`.",
    );
};

/** In the words that public code quotes of Stripe, which name no parameter. https://docs.stripe.com/payments/checkout/policies#tos */
const checkConsent = (world: World, order: CheckoutOrder): void => {
  if (order.consent_collection?.terms_of_service !== "required" || world.settings.termsPage) return;
  throw invalidRequest(
    "You cannot collect consent to your terms of service unless a URL is set in the Stripe Dashboard. Update your " +
      "public business details in the Dashboard https://dashboard.stripe.com/settings/public with a Terms of service " +
      "URL to collect terms of service consent.",
  );
};

/** What automatic tax needs of the account and of the prices. */
const checkTax = (world: World, order: CheckoutOrder): void => {
  if (!order.automatic_tax?.enabled) return;
  needHeadOffice(world);
  for (const line of order.line_items ?? []) {
    const price = find(world.prices, line.price);
    if (price) needTaxBehavior(world, price);
  }
};

const discountOf = (
  world: World,
  ctx: Context,
  order: CheckoutOrder,
  currency: string | null,
): CheckoutDiscount | null => {
  const [given] = order.discounts ?? [];
  if (!given) return null;
  const { coupon, promotionCode } = redeem(world, ctx, {
    coupon: given.coupon,
    promotion_code: given.promotion_code,
    customer: order.customer ?? null,
    amount: null,
    currency: currency ?? "",
    param: `discounts[0][${given.coupon === undefined ? "promotion_code" : "coupon"}]`,
  });
  return { coupon: coupon.id, promotion_code: promotionCode?.id ?? null };
};

/** Everything that could be refused, before anything is made. */
const check = (world: World, ctx: Context, order: CheckoutOrder, origin: CheckoutOrigin) => {
  const mode: CheckoutMode = checkMode(order);
  checkUi(order);
  checkConsent(world, order);
  checkSubscriptionData(ctx, order.subscription_data);
  checkShares(world, order);
  checkFields(order.custom_fields);
  const expiresAt = expiryOf(ctx, order.expires_at);
  const customer = order.customer === undefined ? undefined : needCustomer(world, order.customer);
  checkCustomer(customer, order);
  const currency = checkPrices(world, order, () => origin.paymentLink !== undefined);
  checkTax(world, order);
  if (mode === "subscription" && customer) checkOneCurrency(world, customer.id, currency ?? "usd");
  checkShipping(world, order.shipping_options ?? [], currency);
  for (const [index, id] of (order.subscription_data?.default_tax_rates ?? []).entries())
    if (!find(world.taxRates, id))
      throw invalidRequest(
        `No such tax rate: '${id}'`,
        "resource_missing",
        `subscription_data[default_tax_rates][${index}]`,
      );
  return { mode, expiresAt, currency, discount: discountOf(world, ctx, order, currency) };
};

/** What is paid once must be worth a charge; too small a sum of a subscription waits for its next invoice. */
const checkTotal = ({ mode, amount_total: total, currency }: CheckoutSession): void => {
  const least = minimumCharge(currency ?? "usd");
  if (mode !== "payment" || !total || total >= least) return;
  throw invalidRequest(
    `The Checkout Session's total amount due must add up to at least ${written(least, currency ?? "usd")}`,
    "amount_too_small",
  );
};

const blankProgress = (customer: string | null): HiddenCheckout["progress"] => ({
  customer,
  subscription: null,
  paymentIntent: null,
  setupIntent: null,
  invoice: null,
  email: null,
  name: null,
  phone: null,
  address: null,
  businessName: null,
  individualName: null,
  taxIds: [],
  returnUrl: null,
});

/** Opens a checkout. Stripe sends no event of the session until it is completed or expires. */
export const createCheckoutSession = (
  world: World,
  given: Context,
  asked: CheckoutOrder,
  origin: CheckoutOrigin = {},
): CheckoutSession => {
  const ctx = atCustomer(world, given, asked.customer);
  const { mode, expiresAt, currency, discount } = check(world, ctx, asked, origin);
  const order = settleManaged(world, asked);
  const kind = mode === "setup" ? "cs_test_c1" : "cs_test_a1";
  const session = newCheckoutSession(world, ctx, {
    id: ctx.ids.id("cs_test").replace("cs_test_1", kind) + ctx.ids.secret(34),
    order,
    mode,
    currency,
    customer: order.customer ?? null,
    merchant: merchantName(world),
    email: find(world.customers, order.customer)?.email ?? order.customer_email ?? null,
    expiresAt,
    paymentLink: origin.paymentLink ?? null,
    recoveredFrom: origin.recoveredFrom ?? null,
  });
  const lines = (order.line_items ?? []).map((line) => ({
    line: checkoutLine(world, ctx, line, currency ?? "usd"),
    rates: line.tax_rates ?? [],
  }));
  const hidden: HiddenCheckout = {
    order,
    lineItems: lines.map(({ line }) => line),
    taxRates: Object.fromEntries(lines.map(({ line, rates }) => [line.id, rates])),
    discount,
    subscribesFirst: origin.subscribesFirst ?? false,
    progress: blankProgress(order.customer ?? null),
  };
  if (discount)
    session.discounts = [
      discount.promotion_code === null
        ? { coupon: discount.coupon, promotion_code: null }
        : { coupon: null, promotion_code: discount.promotion_code },
    ];
  offerShipping(world, ctx, session, order.shipping_options ?? []);
  recomputeCheckout(world, session, hidden);
  checkTotal(session);
  world.checkoutSessions[session.id] = session;
  world.hidden.checkouts[session.id] = hidden;
  if (mode === "setup") session.setup_intent = checkoutSetupIntent({ world, ctx, hidden }).id;
  touch(world, session.id);
  return session;
};

/** The present time of a session's customer, in seconds. */
export const checkoutNow = (world: World, now: Date, session: CheckoutSession): number => {
  const customer = find(world.customers, session.customer as string | null);
  const clock = find(world.testClocks, customer?.test_clock as string | null | undefined);
  return clock?.frozen_time ?? seconds({ now });
};
