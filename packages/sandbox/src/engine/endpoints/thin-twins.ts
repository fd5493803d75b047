import { referTo } from "../world/refer-to.js";
import type { StripeEvent, ThinEvent } from "../world/wire.js";

type Hash = Record<string, unknown>;

/** What an event says about the state before and after. */
type Step = { type: string; before: Hash; after: Hash };

/** Changes of one attribute that thin events distinguish and snapshot events do not. */
const byAttribute: Record<string, Record<string, string>> = {
  "customer.subscription.updated": {
    cancel_at: "v1.customer.subscription.cancel_at_changed",
    default_payment_method: "v1.customer.subscription.default_payment_method_changed",
  },
  "price.updated": {
    lookup_key: "v1.price.lookup_key_changed",
    tax_behavior: "v1.price.tax_behavior_changed",
  },
  "product.updated": {
    default_price: "v1.product.default_price_changed",
    tax_code: "v1.product.tax_code_changed",
  },
};

/** Statuses with a thin event of their own; `paused` and the end have snapshot events, and so a twin. */
const statuses = ["active", "incomplete", "incomplete_expired", "past_due", "trialing", "unpaid"];

const statusChange = ({ type, before, after }: Step): string[] => {
  const changed =
    type === "customer.subscription.created" ||
    (type === "customer.subscription.updated" && before.status !== undefined);
  const status = String(after.status);
  return changed && statuses.includes(status) ? [`v1.customer.subscription.${status}`] : [];
};

const switched = ({ type, before, after }: Step): string[] => {
  const kind = type === "price.updated" ? "price" : type === "product.updated" ? "product" : null;
  if (kind === null || before.active === undefined) return [];
  return [`v1.${kind}.${after.active ? "activated" : "deactivated"}`];
};

type Item = { id: string; price?: { id: string }; quantity?: number };

const itemsOf = (state: Hash): Item[] | undefined => (state.items as { data?: Item[] } | undefined)?.data;

const itemChanges = ({ type, before, after }: Step): string[] => {
  const [old, now] = [itemsOf(before), itemsOf(after)];
  if (type !== "customer.subscription.updated" || !old || !now) return [];
  const previous = new Map(old.map((item) => [item.id, item]));
  const kept = now.filter((item) => previous.has(item.id));
  const prefix = "v1.customer.subscription.item_";
  return [
    ...(kept.length < now.length ? [`${prefix}added`] : []),
    ...(kept.length < old.length ? [`${prefix}removed`] : []),
    ...(kept.some((item) => item.price?.id !== previous.get(item.id)?.price?.id)
      ? [`${prefix}price_changed`]
      : []),
    ...(kept.some((item) => item.quantity !== previous.get(item.id)?.quantity)
      ? [`${prefix}quantity_changed`]
      : []),
  ];
};

const attributeChanges = ({ type, before }: Step): string[] =>
  Object.entries(byAttribute[type] ?? {}).flatMap(([name, thin]) =>
    Object.hasOwn(before, name) ? [thin] : [],
  );

/** Families that have snapshot events only. */
const snapshotOnly = /^(apps|customer\.source|reporting|reserve|three_d_secure|treasury)\./;

/**
 * The types of the thin events that go with a snapshot event: its twin first, then those for single
 * attributes.
 */
const thinTypes = (event: StripeEvent): string[] => {
  if (snapshotOnly.test(event.type)) return [];
  const step = { type: event.type, before: event.data.previous_attributes ?? {}, after: event.data.object };
  return [
    `v1.${event.type}`,
    ...statusChange(step),
    ...itemChanges(step),
    ...attributeChanges(step),
    ...switched(step),
  ];
};

/**
 * The thin events that go with a snapshot event. They follow from it, ids included, so nothing needs to be
 * stored. https://docs.stripe.com/event-destinations#thin-events
 */
export const thinTwins = (event: StripeEvent): ThinEvent[] => {
  const { id, idempotency_key } = event.request ?? { id: null, idempotency_key: null };
  return thinTypes(event).map((type, index) => ({
    id: `${event.id.replace("evt_", "evt_test_")}${index === 0 ? "" : index}`,
    object: "v2.core.event",
    created: new Date(event.created * 1000).toISOString(),
    livemode: false,
    type,
    ...(event.account ? { context: event.account } : {}),
    reason: id === null ? null : { type: "request", request: { id, idempotency_key: idempotency_key ?? "" } },
    related_object: referTo(event.data.object),
    // Only the twin itself stands for the snapshot.
    ...(index === 0 ? { snapshot_event: event.id } : {}),
  }));
};
