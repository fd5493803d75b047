import { adjustCheckout } from "../checkout/opening/adjust-checkout.js";
import { createCheckoutSession } from "../checkout/opening/create-checkout-session.js";
import type { CheckoutOrder } from "../checkout/terms/checkout-order.js";
import { isRecurring } from "../invoices/lines/given-line-item.js";
import type { Context } from "../world/context.js";
import { find } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { StripeError } from "../world/stripe-error.js";
import type { CheckoutSession, LineItem, PaymentLink } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { PaymentLinkTerms } from "./payment-link-fields.js";
import { linesOf } from "./payment-link-lines.js";

/** The link behind the last part of its address, or undefined. */
export const findPaymentLink = (world: World, token: string): PaymentLink | undefined =>
  Object.values(world.paymentLinks).find((link) => link.url.endsWith(`/b/${token}`));

/** Whether a link's address still opens a checkout; a restriction counts completed sessions. */
export const isOpenLink = ({ active, restrictions }: PaymentLink): boolean => {
  const completed = restrictions?.completed_sessions;
  return active && (completed === undefined || completed.count < completed.limit);
};

/**
 * What an address may say about the checkout that it opens.
 * https://docs.stripe.com/payment-links/url-parameters
 */
export type LinkVisit = {
  client_reference_id?: string | undefined;
  /** The page's language, instead of the browser's. */
  locale?: string | undefined;
  locked_prefilled_email?: string | undefined;
  prefilled_promo_code?: string | undefined;
};

const orderLine = (line: LineItem): NonNullable<CheckoutOrder["line_items"]>[number] => ({
  price: line.price?.id ?? "",
  ...(line.price?.recurring?.usage_type === "metered" ? {} : { quantity: line.quantity ?? 1 }),
  ...(line.adjustable_quantity?.enabled
    ? {
        adjustable_quantity: {
          enabled: true,
          minimum: line.adjustable_quantity.minimum ?? 0,
          maximum: line.adjustable_quantity.maximum ?? 99,
        },
      }
    : {}),
});

/** A link's parts may be cleared; a session's are there or not. */
const invoiceOf = ({
  enabled,
  invoice_data: data,
}: NonNullable<PaymentLinkTerms["invoice_creation"]>): NonNullable<CheckoutOrder["invoice_creation"]> => {
  if (!data) return { enabled };
  const { custom_fields, metadata, rendering_options: _look, ...rest } = data;
  return {
    enabled,
    invoice_data: {
      ...rest,
      ...(custom_fields ? { custom_fields } : {}),
      ...(metadata ? { metadata: mergeMetadata({}, metadata) } : {}),
    },
  };
};

/** What a link and its sessions call by the same name. */
const termsOf = (world: World, link: PaymentLink) => {
  const {
    after_completion: _ends,
    application_fee_amount: _fee,
    application_fee_percent: _share,
    invoice_creation: invoice,
    on_behalf_of: _behalf,
    optional_items: _optional,
    payment_method_types: types,
    transfer_data: _transfer,
    ...terms
  } = find(world.hidden.paymentLinkTerms, link.id) ?? {};
  const classic = link.subscription_data !== null && Object.hasOwn(world.hidden.classicLinks, link.id);
  return {
    ...terms,
    ...(classic
      ? { subscription_data: { ...terms.subscription_data, billing_mode: { type: "classic" as const } } }
      : {}),
    ...(invoice ? { invoice_creation: invoiceOf(invoice) } : {}),
    ...(types ? { allowed_payment_method_types: types } : {}),
  };
};

const orderOf = (world: World, link: PaymentLink): CheckoutOrder => {
  const lines = linesOf(world, link);
  return {
    ...termsOf(world, link),
    mode: lines.some(isRecurring) ? "subscription" : "payment",
    success_url: link.after_completion.redirect?.url ?? `${link.url}/done`,
    line_items: lines.map(orderLine),
    metadata: { ...link.metadata },
  };
};

/** The parts of a visit's address that count; like Stripe, it ignores what Stripe would not take. */
const orderOfVisit = (visit: LinkVisit): Partial<CheckoutOrder> => ({
  ...(/^[\w-]{1,200}$/.test(visit.client_reference_id ?? "")
    ? { client_reference_id: visit.client_reference_id ?? "" }
    : {}),
  ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(visit.locked_prefilled_email ?? "")
    ? { customer_email: visit.locked_prefilled_email ?? "" }
    : {}),
});

/** Opens a checkout for whoever follows a link. Call it only for a link that `isOpenLink`. */
export const openPaymentLink = (
  world: World,
  ctx: Context,
  link: PaymentLink,
  visit: LinkVisit = {},
): CheckoutSession => {
  const order = { ...orderOf(world, link), ...orderOfVisit(visit) };
  const session = createCheckoutSession(world, ctx, order, { paymentLink: link.id });
  if (/^[a-z]{2,3}(-\w{2,4})?$/i.test(visit.locale ?? "")) session.locale = visit.locale ?? null;
  if (visit.prefilled_promo_code) tryCode(world, ctx, session, visit.prefilled_promo_code);
  return session;
};

/** A code in an address that is not valid is ignored; the page takes another one. */
const tryCode = (world: World, ctx: Context, session: CheckoutSession, promotionCode: string): void => {
  try {
    adjustCheckout(world, ctx, session.id, { promotionCode });
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
  }
};
