import type Stripe from "stripe";
import type { Context } from "../../world/context.js";
import { need } from "../../world/find.js";
import { mergeMetadata } from "../../world/metadata.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { CheckoutSession, Given, LineItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { checkoutLine, isStarted } from "../terms/checkout-line.js";
import type { CheckoutOrder, HiddenCheckout } from "../terms/checkout-order.js";
import { checkShipping, offerShipping } from "../terms/checkout-shipping.js";
import { recomputeCheckout } from "../terms/checkout-totals.js";
import { needOpen } from "../terms/need-open-checkout.js";
import { checkPrices } from "./check-checkout-prices.js";

export type CheckoutUpdate = Omit<Given<Stripe.Checkout.SessionUpdateParams>, "expand">;
type GivenLine = NonNullable<CheckoutUpdate["line_items"]>[number];
type NewLine = NonNullable<CheckoutOrder["line_items"]>[number];

/** A line as the update leaves it: the whole list is sent again, and known lines are named by their id. */
const merge = (
  hidden: HiddenCheckout,
  given: GivenLine,
  index: number,
): { known?: LineItem; line: NewLine } => {
  const { id, metadata, tax_rates, ...rest } = given;
  const extra = { ...(metadata ? { metadata } : {}), ...(tax_rates ? { tax_rates } : {}) };
  if (id === undefined) return { line: { ...rest, ...extra } };
  const known = hidden.lineItems.find((line) => line.id === id);
  if (!known)
    throw invalidRequest(`No such line item: '${id}'`, "resource_missing", `line_items[${index}][id]`);
  const kept =
    rest.price === undefined && rest.price_data === undefined && known.price ? { price: known.price.id } : {};
  const quantity = rest.quantity ?? known.quantity ?? undefined;
  return { known, line: { ...kept, ...rest, ...extra, ...(quantity === undefined ? {} : { quantity }) } };
};

const writeLines = (
  world: World,
  ctx: Context,
  session: CheckoutSession,
  hidden: HiddenCheckout,
  merged: Array<ReturnType<typeof merge>>,
): void => {
  hidden.lineItems = merged.map(({ known, line }) => {
    const fresh = checkoutLine(world, ctx, line, session.currency ?? "usd");
    const item: LineItem = known
      ? {
          ...fresh,
          id: known.id,
          adjustable_quantity: line.adjustable_quantity
            ? fresh.adjustable_quantity
            : known.adjustable_quantity,
          metadata: line.metadata === undefined ? known.metadata : fresh.metadata,
        }
      : fresh;
    if (line.tax_rates) hidden.taxRates[item.id] = line.tax_rates;
    return item;
  });
};

/** All lines together, kept ones too. Prices of the session itself are never active, and are sold all the same. */
const checkLines = (
  world: World,
  hidden: HiddenCheckout,
  session: CheckoutSession,
  lines: NewLine[],
): void => {
  const own = new Set(hidden.lineItems.map((line) => line.price?.id));
  const order = { ...hidden.order, line_items: lines, currency: session.currency ?? undefined };
  checkPrices(world, order as CheckoutOrder, (price) => own.has(price));
};

const checkOpen = (
  world: World,
  session: CheckoutSession,
  hidden: HiddenCheckout,
  fields: CheckoutUpdate,
): void => {
  if (fields.line_items && isStarted(world, hidden))
    throw invalidRequest("The line items can't be changed any more: a payment was already tried.");
  if (fields.collected_information && session.ui_mode === "hosted_page")
    throw invalidRequest(
      "`collected_information` can only be set when `ui_mode` is `embedded_page` or `elements`.",
      undefined,
      "collected_information",
    );
};

const collect = (session: CheckoutSession, given: CheckoutUpdate["collected_information"]): void => {
  const shipping = given?.shipping_details;
  if (!shipping) return;
  const blank = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  session.collected_information = {
    business_name: session.collected_information?.business_name ?? null,
    individual_name: session.collected_information?.individual_name ?? null,
    shipping_details: { name: shipping.name, address: { ...blank, ...shipping.address } },
  };
};

/** Changes a session; everything but its metadata only while it is open. */
export const updateCheckoutSession = (
  world: World,
  ctx: Context,
  id: string,
  fields: CheckoutUpdate,
): CheckoutSession => {
  const { metadata, ...rest } = fields;
  const session = need(world.checkoutSessions, "checkout.session", id);
  if (Object.keys(rest).length > 0) {
    const { hidden } = needOpen(world, id);
    checkOpen(world, session, hidden, rest);
    const merged = rest.line_items?.map((line, index) => merge(hidden, line, index));
    if (merged)
      checkLines(
        world,
        hidden,
        session,
        merged.map(({ line }) => line),
      );
    checkShipping(world, rest.shipping_options ?? [], session.currency);
    if (merged) writeLines(world, ctx, session, hidden, merged);
    if (rest.shipping_options !== undefined) offerShipping(world, ctx, session, rest.shipping_options ?? []);
    if (rest.payment_intent_data) updatePayment(hidden, rest.payment_intent_data);
    collect(session, rest.collected_information);
    recomputeCheckout(world, session, hidden);
  }
  session.metadata = mergeMetadata(session.metadata ?? {}, metadata);
  return session;
};

const updatePayment = (
  { order }: HiddenCheckout,
  given: NonNullable<CheckoutUpdate["payment_intent_data"]>,
): void => {
  const before = order.payment_intent_data ?? {};
  const metadata = mergeMetadata(mergeMetadata({}, before.metadata), given.metadata);
  order.payment_intent_data = {
    ...before,
    metadata,
    ...(given.description === undefined ? {} : { description: given.description ?? "" }),
    ...(given.setup_future_usage ? { setup_future_usage: given.setup_future_usage } : {}),
  };
};
