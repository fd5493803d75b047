import { shippingAmount } from "../catalog/shipping-rate.js";
import { checkLineItems, isRecurring, lineItemsOf } from "../invoices/lines/given-line-item.js";
import type { Context } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find, need } from "../world/find.js";
import { seededIds } from "../world/ids.js";
import { mergeMetadata } from "../world/metadata.js";
import { scratchOf } from "../world/scratch-world.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { PaymentLink } from "../world/wire.js";
import type { World } from "../world/world.js";
import { newPaymentLink } from "./new-payment-link.js";
import { openPaymentLink } from "./open-payment-link.js";
import type { PaymentLinkFields, PaymentLinkTerms, PaymentLinkUpdate } from "./payment-link-fields.js";
import { checkLinkLines, updateLinkLines } from "./payment-link-lines.js";
import { updateTerms } from "./update-link-terms.js";

/** What a link's ways of shipping cost. */
const shippingOf = (
  world: World,
  given: PaymentLinkTerms["shipping_options"],
  currency: string,
): PaymentLink["shipping_options"] =>
  (given ?? []).map(({ shipping_rate: id = "" }, index) => {
    const rate = need(world.shippingRates, "shipping rate", id, `shipping_options[${index}][shipping_rate]`);
    return { shipping_amount: shippingAmount(rate, currency) ?? 0, shipping_rate: rate.id };
  });

const checkEnding = (given: PaymentLinkTerms["after_completion"]): void => {
  const url = given?.redirect?.url;
  if (url !== undefined && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ""))
    throw invalidRequest("Not a valid URL", "url_invalid", "after_completion[redirect][url]");
};

const make = (world: World, ctx: Context, fields: PaymentLinkFields): PaymentLink => {
  const {
    currency: _of,
    inactive_message: _off,
    line_items,
    metadata: _data,
    restrictions: _limit,
    ...terms
  } = fields;
  const lines = lineItemsOf(world, ctx, line_items);
  const currency = lines[0]?.currency ?? "usd";
  const link = newPaymentLink(fields, {
    id: ctx.ids.id("plink"),
    currency,
    url: `${ctx.baseUrl}/b/test_${ctx.ids.secret(20)}`,
    recurring: lines.some(isRecurring),
    shipping: shippingOf(world, terms.shipping_options, currency),
  });
  world.paymentLinks[link.id] = link;
  world.hidden.paymentLinkLines[link.id] = lines;
  world.hidden.paymentLinkTerms[link.id] = terms;
  return link;
};

/** What a checkout would refuse, its link refuses: it is tried out on a copy. */
const rehearse = (world: World, ctx: Context, act: (scratch: World, ctx: Context) => PaymentLink): void => {
  const scratch = scratchOf(world);
  const apart = { ...ctx, ids: seededIds("rehearsal") };
  openPaymentLink(scratch, apart, act(scratch, apart));
};

/** Creates a link at whose address anybody may buy its lines; its subscriptions are in `mode`. */
export const createPaymentLink = (
  world: World,
  ctx: Context,
  fields: PaymentLinkFields,
  mode: "classic" | "flexible" = "flexible",
): PaymentLink => {
  checkLineItems(world, fields.line_items);
  checkEnding(fields.after_completion);
  rehearse(world, ctx, (scratch, apart) => make(scratch, apart, fields));
  const link = make(world, ctx, fields);
  if (mode === "classic") world.hidden.classicLinks[link.id] = true;
  emit(world, ctx, "payment_link.created", link);
  return link;
};

const restrictionsOf = (
  link: PaymentLink,
  given: PaymentLinkUpdate["restrictions"],
): PaymentLink["restrictions"] =>
  given
    ? {
        completed_sessions: {
          count: link.restrictions?.completed_sessions.count ?? 0,
          limit: given.completed_sessions.limit,
        },
      }
    : null;

const apply = (world: World, link: PaymentLink, fields: PaymentLinkUpdate): PaymentLink => {
  updateLinkLines(world, link, fields.line_items);
  const terms = updateTerms(find(world.hidden.paymentLinkTerms, link.id) ?? {}, fields);
  world.hidden.paymentLinkTerms[link.id] = terms;
  const { active, inactive_message, metadata, restrictions } = link;
  const fresh = newPaymentLink(terms, {
    id: link.id,
    currency: link.currency,
    url: link.url,
    recurring: link.subscription_data !== null,
    shipping: shippingOf(world, terms.shipping_options, link.currency),
  });
  return Object.assign(link, fresh, {
    active: fields.active ?? active,
    inactive_message:
      fields.inactive_message === undefined ? inactive_message : fields.inactive_message || null,
    metadata: mergeMetadata(metadata, fields.metadata),
    restrictions:
      fields.restrictions === undefined ? restrictions : restrictionsOf(link, fields.restrictions),
  });
};

/** Changes a link; sessions that it opened earlier stay as they are. */
export const updatePaymentLink = (
  world: World,
  ctx: Context,
  link: PaymentLink,
  fields: PaymentLinkUpdate,
): PaymentLink => {
  checkLinkLines(world, link, fields.line_items);
  checkEnding(fields.after_completion);
  rehearse(world, ctx, (scratch) => apply(scratch, structuredClone(link), fields));
  return change(world, ctx, "payment_link.updated", link, (draft) => {
    apply(world, draft, fields);
  });
};
