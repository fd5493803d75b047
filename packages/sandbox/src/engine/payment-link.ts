import type Stripe from "stripe";
import type { CheckoutOrder } from "./checkout-intent.js";
import type { Context } from "./context.js";
import { createCheckoutSession } from "./create-checkout-session.js";
import { change, emit } from "./emit.js";
import { find, need } from "./find.js";
import { checkLineItems, isRecurring, lineItemsOf } from "./line-item.js";
import { mergeMetadata } from "./metadata.js";
import { newPaymentLink, type PaymentLinkFields } from "./new-payment-link.js";
import { invalidRequest } from "./stripe-error.js";
import type { CheckoutSession, Given, LineItem, PaymentLink } from "./wire.js";
import type { World } from "./world.js";

/** Creates a link at whose address anybody may buy its lines. */
export const createPaymentLink = (world: World, ctx: Context, fields: PaymentLinkFields): PaymentLink => {
  checkLineItems(world, fields.line_items);
  const url = fields.after_completion?.redirect?.url;
  if (url !== undefined && !URL.canParse(url))
    throw invalidRequest("Not a valid URL", "url_invalid", "after_completion[redirect][url]");
  const lines = lineItemsOf(world, ctx, fields.line_items);
  const link = newPaymentLink(fields, {
    id: ctx.ids.id("plink"),
    currency: lines[0]?.currency ?? "usd",
    url: `${ctx.baseUrl}/b/test_${ctx.ids.secret(20)}`,
    recurring: lines.some(isRecurring),
  });
  world.paymentLinks[link.id] = link;
  world.hidden.paymentLinkLines[link.id] = lines;
  emit(world, ctx, "payment_link.created", link);
  return link;
};

export type PaymentLinkUpdate = Omit<Given<Stripe.PaymentLinkUpdateParams>, "expand">;

const updateLines = (world: World, link: PaymentLink, given: PaymentLinkUpdate["line_items"]): void => {
  const lines = linesOf(world, link);
  for (const [index, { id }] of (given ?? []).entries())
    need(
      Object.fromEntries(lines.map((line) => [line.id, line])),
      "line item",
      id ?? "",
      `line_items[${index}][id]`,
    );
  for (const { id, quantity, adjustable_quantity } of given ?? []) {
    const line = lines.find((row) => row.id === id);
    if (!line) continue;
    if (quantity !== undefined) {
      const unit = line.quantity ? line.amount_subtotal / line.quantity : 0;
      line.quantity = quantity;
      line.amount_subtotal = unit * quantity;
      line.amount_total = line.amount_subtotal;
    }
    if (adjustable_quantity)
      line.adjustable_quantity = adjustable_quantity.enabled
        ? {
            enabled: true,
            minimum: adjustable_quantity.minimum ?? 0,
            maximum: adjustable_quantity.maximum ?? 99,
          }
        : null;
  }
};

/** Changes a link; sessions that it opened earlier stay as they are. */
export const updatePaymentLink = (
  world: World,
  ctx: Context,
  link: PaymentLink,
  fields: PaymentLinkUpdate,
): PaymentLink => {
  updateLines(world, link, fields.line_items);
  return change(world, ctx, "payment_link.updated", link, (draft) => {
    if (fields.active !== undefined) draft.active = fields.active;
    if (fields.allow_promotion_codes !== undefined)
      draft.allow_promotion_codes = fields.allow_promotion_codes;
    if (fields.inactive_message !== undefined) draft.inactive_message = fields.inactive_message || null;
    if (fields.after_completion)
      draft.after_completion = newPaymentLink(
        { after_completion: fields.after_completion },
        ofLink(draft),
      ).after_completion;
    if (fields.restrictions !== undefined)
      draft.restrictions = fields.restrictions && {
        completed_sessions: {
          count: draft.restrictions?.completed_sessions.count ?? 0,
          limit: fields.restrictions.completed_sessions.limit,
        },
      };
    draft.metadata = mergeMetadata(draft.metadata, fields.metadata);
  });
};

const ofLink = ({ id, currency, url, subscription_data }: PaymentLink) => ({
  id,
  currency,
  url,
  recurring: subscription_data !== null,
});

/** What a link sells. */
export const linesOf = (world: World, link: PaymentLink): LineItem[] =>
  find(world.hidden.paymentLinkLines, link.id) ?? [];

/** The link behind the last part of its address, or undefined. */
export const findPaymentLink = (world: World, token: string): PaymentLink | undefined =>
  Object.values(world.paymentLinks).find((link) => link.url.endsWith(`/b/${token}`));

/** How often a link was bought from; a restriction counts completed sessions. */
const soldOut = (world: World, link: PaymentLink): boolean => {
  const limit = link.restrictions?.completed_sessions.limit;
  if (limit === undefined) return false;
  const sold = Object.values(world.checkoutSessions).filter(
    (session) => session.payment_link === link.id && session.status === "complete",
  );
  return sold.length >= limit;
};

/** Whether a link's address still opens a checkout. */
export const isOpenLink = (world: World, link: PaymentLink): boolean => link.active && !soldOut(world, link);

const orderOf = (world: World, link: PaymentLink): CheckoutOrder => {
  const lines = linesOf(world, link);
  const recurring = lines.some(isRecurring);
  const { subscription_data: plan, payment_intent_data: payment } = link;
  return {
    mode: recurring ? "subscription" : "payment",
    success_url: link.after_completion.redirect?.url ?? `${link.url}/done`,
    line_items: lines.map((line) => ({
      price: line.price?.id ?? "",
      quantity: line.quantity ?? 1,
      ...(line.adjustable_quantity?.enabled
        ? {
            adjustable_quantity: {
              enabled: true,
              minimum: line.adjustable_quantity.minimum ?? 0,
              maximum: line.adjustable_quantity.maximum ?? 99,
            },
          }
        : {}),
    })),
    allow_promotion_codes: link.allow_promotion_codes,
    automatic_tax: { enabled: link.automatic_tax.enabled },
    metadata: { ...link.metadata },
    phone_number_collection: link.phone_number_collection,
    ...(plan
      ? {
          subscription_data: {
            metadata: plan.metadata,
            ...(plan.description === null ? {} : { description: plan.description }),
            ...(plan.trial_period_days === null ? {} : { trial_period_days: plan.trial_period_days }),
          },
        }
      : {}),
    ...(payment
      ? {
          payment_intent_data: {
            metadata: payment.metadata,
            ...(payment.description === null ? {} : { description: payment.description }),
          },
        }
      : {}),
  };
};

/** Opens a checkout for whoever follows a link. Call it only for a link that `isOpenLink`. */
export const openPaymentLink = (world: World, ctx: Context, link: PaymentLink): CheckoutSession =>
  createCheckoutSession(world, ctx, orderOf(world, link), { paymentLink: link.id });
