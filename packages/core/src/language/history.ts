import type { Currency } from "./money.js";
import type { Subscription } from "./subscription.js";
import type { IsoTime } from "./time.js";

/** What made a change be applied here. */
export type ChangeCause =
  /** The provider told it. */
  | { readonly kind: "event"; readonly id: string; readonly type: string }
  /** The provider was asked, because somebody came back from a checkout, or wanted to change something. */
  | { readonly kind: "read" }
  /** Somebody asked for it here, as by `billing.subscriptions.change`. */
  | { readonly kind: "command"; readonly name: "change" | "undo_change" | "end" | "checkout" | "pay" }
  /** A comparison with the provider found that it was missing here, and repaired it. */
  | { readonly kind: "repair" }
  /** It was given to another customer. */
  | { readonly kind: "move" }
  /** It was stored already when the history began. */
  | { readonly kind: "beginning" };

/** What an entry of the history is about. */
export type HistoryKind = "subscription" | "payment" | "refund" | "dispute" | "purchase";

/**
 * Why revenue ended. `involuntary`: a payment failed, and nobody had cancelled. `voluntary`: everything else.
 */
export type EndingKind = "voluntary" | "involuntary";

/** One change, as it was applied. Nothing of it is ever changed, except whose it is. */
export interface HistoryEntry {
  readonly kind: HistoryKind;
  readonly customerId: string;
  readonly provider: string;
  /** The provider's id of what changed: of the subscription, invoice, refund, dispute or checkout. */
  readonly subjectId: string;
  /** Which subscription it belongs to; `null`: to none. */
  readonly subscriptionId: string | null;
  /** By the provider's time. */
  readonly occurredAt: IsoTime;
  /** When it was stored here, and counted from then on. */
  readonly appliedAt: IsoTime;
  readonly cause: ChangeCause;
  readonly currency: Currency;
  /** Where it stands since: a subscription's status, or `succeeded`, `failed`, `opened`, `won`, `returned` and so on. */
  readonly status: string;
  /** In which fields a subscription differs from before; none for its first entry, and for everything else. */
  readonly changed: readonly string[];
  /** What a subscription brings in each month since then, in parts of a minor unit: `revenueParts` of them are one. */
  readonly mrr: number;
  /** By how much that is more than before. */
  readonly delta: number;
  /** Of a payment, refund, dispute or purchase, in minor units; `null` for a subscription. */
  readonly amount: number | null;
  /** Why it brings in nothing any more; `null`: it still does, or never did. */
  readonly ending: EndingKind | null;
  /** What became of a free trial by it; `null`: nothing. */
  readonly trial: "began" | "converted" | "lost" | null;
  /** Names a fact that may be told several times, and is kept once; `null` for a subscription's states. */
  readonly factId: string | null;
  /** The subscription since then; `null` for everything else. */
  readonly subscription: Subscription | null;
  /** What was bought; `null` for everything else. */
  readonly product: { readonly id: string; readonly quantity: number } | null;
}

/** An entry as it is stored. */
export interface StoredHistoryEntry extends HistoryEntry {
  /** Its place among all: what was stored later has a later one. */
  readonly position: string;
}
