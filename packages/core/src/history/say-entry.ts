import type { Catalog } from "../catalog/catalog.js";
import { findPlan } from "../catalog/prices.js";
import type { ChangeCause, HistoryEntry } from "../language/history.js";
import { formatMoney } from "../language/money.js";
import type { Subscription, SubscriptionStatus } from "../language/subscription.js";
import { revenueParts } from "./recurring-revenue.js";

/**
 * What happened, in a sentence or two for support staff; in English, as what the log says.
 *
 * @param catalog names the plans
 * @example
 * function say(entry: HistoryEntry): string {
 *   return sayEntry(entry, plans); // "Pro per month began, and is active. It brings in $29 more a month."
 * }
 */
export function sayEntry(entry: HistoryEntry, catalog: Catalog): string {
  const { subscription, delta, currency } = entry;
  if (subscription === null) return sayFact(entry);
  const what = saySubscription(entry, subscription, catalog);
  const amount = Math.round(Math.abs(delta) / revenueParts);
  if (amount === 0) return `${what}.`;
  const money = formatMoney({ amount, currency }, "en-US");
  return `${what}. It brings in ${money} ${delta > 0 ? "more" : "less"} a month.`;
}

/**
 * What made it be applied here, in words.
 *
 * @example
 * sayCause({ kind: "repair" }); // "A comparison with the provider found that it was missing here, and repaired it."
 */
export function sayCause(cause: ChangeCause): string {
  switch (cause.kind) {
    case "event":
      return `The provider told it: ${cause.type}, ${cause.id}.`;
    case "read":
      return "The provider was asked.";
    case "command":
      return `It was asked for here: ${commands[cause.name]}.`;
    case "repair":
      return "A comparison with the provider found that it was missing here, and repaired it.";
    case "move":
      return "The subscription was given to another customer.";
    case "beginning":
      return "It was there when the history began.";
  }
}

const commands = {
  change: "a change of plan",
  undo_change: "a change was taken back",
  end: "a cancellation, a pause or a resumption",
  checkout: "somebody came back from a checkout",
  pay: "an invoice was paid",
} as const satisfies Record<Extract<ChangeCause, { kind: "command" }>["name"], string>;

const standings = {
  incomplete: "waits for its first payment",
  trialing: "is in its trial",
  active: "is active",
  past_due: "is past due: a payment failed",
  unpaid: "is unpaid: the provider has given up",
  paused: "is paused",
  ended: "has ended",
} as const satisfies Record<SubscriptionStatus, string>;

function saySubscription(
  { cause, changed, customerId }: HistoryEntry,
  subscription: Subscription,
  catalog: Catalog,
): string {
  const name = nameOf(subscription, catalog);
  const standing = standings[subscription.status];
  if (cause.kind === "move") return `${name} was given to ${customerId}, and ${standing}`;
  if (cause.kind === "beginning") return `${name} ${standing}`;
  if (changed.length === 0) return `${name} began, and ${standing}`;
  const said = sayings.flatMap(([field, say]) =>
    changed.includes(field) ? [say(subscription, catalog)] : [],
  );
  return `${name} ${said.length === 0 ? `differs in ${changed.join(", ")}` : [...new Set(said)].join("; ")}`;
}

type Saying = (subscription: Subscription, catalog: Catalog) => string;

const isOther: Saying = () => "is what was bought from now on";

/** For each field that means something to people, in the order in which they matter. */
const sayings: readonly (readonly [keyof Subscription, Saying])[] = [
  ["status", ({ status }) => standings[status]],
  ["planId", isOther],
  ["interval", isOther],
  ["quantity", isOther],
  ["items", () => "has other lines or prices"],
  ["cancelAt", ({ cancelAt }) => (cancelAt === null ? "has no end ahead" : `will end on ${dayOf(cancelAt)}`)],
  ["pause", ({ pause }) => (pause === null ? "is not paused" : sayPause(pause.resumesAt))],
  [
    "pendingChange",
    ({ pendingChange: next }, catalog) =>
      next === null
        ? "has no change ahead"
        : `will be ${planName(next.planId, catalog)} on ${dayOf(next.at)}`,
  ],
  ["discounts", () => "has other discounts"],
  [
    "trialEndsAt",
    ({ trialEndsAt: end }) => (end === null ? "has no trial" : `has its trial end on ${dayOf(end)}`),
  ],
  ["currentPeriod", ({ currentPeriod }) => `has a period until ${dayOf(currentPeriod?.end ?? "")}`],
  ["cancellation", () => "has another word about leaving"],
];

function sayPause(resumesAt: string | null): string {
  return resumesAt === null ? "is paused until somebody resumes it" : `is paused until ${dayOf(resumesAt)}`;
}

function sayFact({ kind, status, amount, currency, product }: HistoryEntry): string {
  const money = formatMoney({ amount: amount ?? 0, currency }, "en-US");
  if (kind === "purchase")
    return `${product?.quantity ?? 1} × ${product?.id ?? "a product"} for ${money}: ${status}.`;
  const name = { payment: "A payment", refund: "A refund", dispute: "A dispute", subscription: "" }[kind];
  return `${name} of ${money}: ${status}.`;
}

function nameOf({ planId, interval, quantity }: Subscription, catalog: Catalog): string {
  const seats = quantity === 1 ? "" : `, ${quantity} seats,`;
  return `${planName(planId, catalog)} per ${interval.replaceAll("_", " ")}${seats}`;
}

function planName(planId: string, catalog: Catalog): string {
  return findPlan(catalog, planId)?.name ?? planId;
}

function dayOf(time: string): string {
  return time.slice(0, 10);
}
