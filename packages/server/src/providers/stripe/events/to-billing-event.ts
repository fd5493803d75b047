import type { BillingEvent, UnreadableEvent } from "@tollgate/core";
import { describeOtherWorld, type StripeWorld } from "./describe-other-world.js";
import { normalizeEvent } from "./normalize.js";
import { normalizeThinEvent } from "./normalize-thin-event.js";
import type { StripeEvent, ThinEvent } from "./parse-event.js";

/**
 * A verified event in our words; `null` when its type means nothing to us, `outside` when it is about nothing
 * that our key opens, `unreadable` when it can't be understood or kept.
 */
export function toBillingEvent(event: StripeEvent | ThinEvent, world: StripeWorld): BillingEvent | null {
  const neutral = event.object === "event" ? normalizeEvent(event, world) : normalizeThinEvent(event, world);
  if (neutral === null) return null;
  const other = describeOtherWorld(event, world);
  if (other === null) return isStorable(neutral) ? neutral : toUnreadable(neutral, event.type);
  const { id, provider, occurredAt } = neutral;
  const reason = cleanOf(`${event.type}: ${other}`);
  return { id: cleanOf(id), provider, occurredAt, type: "outside", providerCustomerId: null, reason };
}

/** Stripe's ids have at most 255 characters, and what an index finds must be short. */
const longestId = 255;

/** As `JSON.stringify` writes NUL and halves of a surrogate pair, neither of which Postgres takes. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

function isStorable(event: BillingEvent): boolean {
  const ids = [
    event.id,
    event.providerCustomerId,
    "subscriptionId" in event ? event.subscriptionId : null,
    "invoiceId" in event ? event.invoiceId : null,
    "checkoutId" in event ? event.checkoutId : null,
    "refundId" in event ? event.refundId : null,
    "disputeId" in event ? event.disputeId : null,
    "warningId" in event ? event.warningId : null,
  ];
  return ids.every((id) => (id ?? "").length <= longestId) && !unstorable.test(JSON.stringify(event));
}

function toUnreadable({ id, provider, occurredAt }: BillingEvent, type: string): UnreadableEvent {
  const reason = cleanOf(`${type}: It has characters that no text has, or an id that is too long.`);
  return { id: cleanOf(id), provider, occurredAt, type: "unreadable", providerCustomerId: null, reason };
}

/** Everything that can't be stored is replaced by the replacement character. */
function cleanOf(text: string): string {
  return text
    .slice(0, longestId)
    .replaceAll("\0", "\uFFFD")
    .replace(/\p{Surrogate}/gu, "\uFFFD");
}
