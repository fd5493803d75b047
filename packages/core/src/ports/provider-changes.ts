import type { Catalog } from "../catalog/catalog.js";
import type { Change, ChangeTarget } from "../change/change.js";
import type { ChangeTime } from "../change/change-policy.js";
import type { InvoiceLine } from "../language/invoice.js";
import type { Currency } from "../language/money.js";
import type { IsoTime } from "../language/time.js";
import type { SubscriptionRef } from "./provider-subscriptions.js";

/** A change as the provider is asked for it: decided by `decideChange`, never what a browser sent. */
export interface ProviderChange extends Pick<Change, "at" | "prorate" | "itemId"> {
  readonly subscription: SubscriptionRef;
  readonly to: ChangeTarget;
  /**
   * The moment from which the running period is settled, to the second; within the period, and up to half an hour ago:
   * what was previewed is charged although time has passed.
   */
  readonly prorateFrom: IsoTime;
  /** The installation id of our database: another one's prices are not sold. */
  readonly database: string;
}

/** One line of the invoice that a change makes. */
export type ChangeLine = InvoiceLine;

/** What a change costs, all in minor units of `currency`. */
export interface ChangeCost {
  readonly currency: Currency;
  /** What is charged now; 0 or more. */
  readonly dueNow: number;
  /** The sum of `lines` and `tax`; negative where more is given back than charged. Credit pays for it first. */
  readonly total: number;
  /** What is settled now, or at the next invoice where that is when it is paid for; none for what waits. */
  readonly lines: readonly ChangeLine[];
  /** What comes on top of `lines`. */
  readonly tax: number;
  /** What `lines` contain. */
  readonly taxIncluded: number;
  /** What is left of the customer's credit afterwards, 0 or more; later invoices use it up. */
  readonly credit: number;
  /** The next regular invoice after the change; `null`: the provider foresees none. */
  readonly nextInvoice: NextInvoice | null;
}

/** A change that was previewed. */
export interface ProviderChangePreview {
  readonly cost: ChangeCost;
  /** Names the state of the subscription that it was worked out for; another state has another name. */
  readonly state: string;
}

/** An invoice that is still to come, in minor units. */
export interface NextInvoice {
  readonly at: IsoTime;
  readonly total: number;
  /** What of it is charged: credit pays for the rest. */
  readonly due: number;
}

/** What became of a change that was to be paid now. */
export type ProviderChangeOutcome =
  /** It took effect, and what was due is paid. */
  | { readonly status: "changed" }
  /** The old plan stays until the person confirms the payment in the browser; nothing changes if they don't. */
  | { readonly status: "requires_action"; readonly clientSecret: string }
  /** The old plan stays until the money arrives: a bank debit takes days. Nothing changes if it doesn't. */
  | { readonly status: "processing" }
  /** The payment failed, and nothing changed. */
  | { readonly status: "declined"; readonly reason: string | null };

/** What a provider can do about changing a subscription. */
export interface ProviderChanges {
  /** When a change can take effect. */
  readonly times: readonly ChangeTime[];

  /**
   * What the change would cost. Changes nothing. It is built by the same function as the change itself.
   *
   * @throws BillingError `foreign_schedule`: a plan for its future that we didn't make holds the subscription;
   * `preview_outdated`: `prorateFrom` is not in the running period; `price_not_pushed`, `price_not_mapped`
   */
  preview(change: ProviderChange, catalog: Catalog): Promise<ProviderChangePreview>;

  /**
   * Makes a change that takes effect now, and withdraws what was scheduled. It happens whole or not at all: until what is
   * due is paid, the old plan stays. Called again it does what is left, and never charges twice.
   *
   * @param change.state what the preview that was agreed to was worked out for; absent: none was
   * @throws BillingError like `preview`; `preview_outdated` where the subscription has left that state, or another change
   * is being made at the same moment
   */
  changeNow(
    change: ProviderChange & { readonly idempotencyKey: string; readonly state?: string },
    catalog: Catalog,
  ): Promise<ProviderChangeOutcome>;

  /**
   * Agrees on a change for the end of the running period, in place of one that waits. Discounts, other lines and the way
   * of paying stay. Called again, after a crash between any two steps, it does what is left.
   *
   * @throws BillingError like `preview`
   */
  schedule(change: ProviderChange & { readonly idempotencyKey: string }, catalog: Catalog): Promise<void>;

  /**
   * Withdraws the change that waits, so that the subscription is as if it had never been asked for; none waits: does
   * nothing.
   *
   * @throws BillingError `foreign_schedule`
   */
  undo(input: { readonly subscription: SubscriptionRef; readonly idempotencyKey: string }): Promise<void>;
}
