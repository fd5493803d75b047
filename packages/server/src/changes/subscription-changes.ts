import type { AddOnQuantities, Catalog, Interval, PendingChange, PlanId } from "@tollgate/core";
import type { ChangePreviewResponse } from "@tollgate/core/contract";
import { checkCustomerId } from "../customers/billing-customers.js";
import type { ChangesContext } from "./changes-context.js";
import { answerPreview } from "./price-change.js";
import { type SettledChange, settleChange } from "./settle-change.js";
import { withdrawChange } from "./withdraw-change.js";

/** What a subscription is to become: what is left out stays, as far as the plan is sold that way. */
export interface ChangeWish<P extends string = string> {
  readonly customerId: string;
  readonly planId: P;
  readonly interval?: Interval;
  /** Seats. */
  readonly quantity?: number;
  /**
   * How many of each add-on, in place of all that are held: `{}` takes all off. Whoever stays on an interval keeps the
   * price that they pay for one. @default those that are held stay, as far as the plan is sold with them
   */
  readonly addOns?: AddOnQuantities;
}

/** What a change costs, and when it happens; amounts in minor units of its `currency`. */
export type ChangePreview = ChangePreviewResponse;

/** Changes what customers subscribe to; called by your own server code. The routes do the same for the person who asks. */
export interface SubscriptionChanges<C extends Catalog = Catalog> {
  /**
   * What a change would cost, to the minor unit, and when it would happen: more money now is an upgrade and happens now,
   * prorated and paid; less money, fewer seats and a shorter interval wait for the period's end (the option `changes`).
   * Add-ons that are held go along: `addOns` says what becomes of each. Changes nothing.
   *
   * @throws BillingError `unknown_plan`, `plan_not_for_sale`, `unknown_price`, `invalid_quantity`, `unknown_add_on` (400,
   * `details.reason`: it is not sold with what it would be, or one that is held can't go along);
   * `payment_overdue` (402); `nothing_to_manage`, `nothing_to_change`, `currency_conflict`, `subscription_ended`,
   * `subscription_incomplete`, `subscription_paused`, `cancel_scheduled`, `foreign_schedule` (409); `not_supported` (501);
   * `provider_unavailable`, `store_unavailable` (503)
   * @example
   * const preview = await billing.subscriptions.preview({ customerId: "org_1", planId: "team", quantity: 5 });
   * preview.dueNow; // 7134: charged now, in cents
   */
  readonly preview: (choice: ChangeWish<PlanId<C>>) => Promise<ChangePreview>;
  /**
   * Makes a change. With the `token` of a preview, which is good for half an hour, it charges exactly what was shown, or
   * changes nothing. A payment that fails leaves the old plan. What the provider says is stored at once, with the
   * callbacks that follow. Calling it again with the same token, after an answer that got lost, charges nothing again.
   *
   * @returns `requires_action` where the person has to confirm the payment (3-D Secure) in the browser with
   * `clientSecret`: the old plan stays until then, and for good if they don't within 23 hours
   * @throws BillingError what `preview` throws; `preview_outdated` (409): the same change would now cost something else;
   * `payment_failed` (402, `details.reason`)
   * @example
   * const { token } = await billing.subscriptions.preview({ customerId: "org_1", planId: "pro" });
   * const { status } = await billing.subscriptions.change({ customerId: "org_1", planId: "pro", preview: token });
   * @example
   * const storage = { customerId: "org_1", planId: "pro", addOns: { storage: 2 } } as const;
   * const { addOns, dueNow, token } = await billing.subscriptions.preview(storage);
   * await billing.subscriptions.change({ ...storage, preview: token }); // {} takes all of them off
   */
  readonly change: (choice: ChangeWish<PlanId<C>> & { readonly preview?: string }) => Promise<SettledChange>;
  /**
   * Withdraws a change that waits for the period's end, or for a payment to be confirmed, as if it had never been asked
   * for. Nothing waits: does nothing.
   *
   * @param input.planId a plan of the group that is meant. @default all of them
   * @returns what waited for the period's end
   * @throws BillingError `foreign_schedule` (409): it was planned at the provider, where it has to be undone;
   * `not_supported` (501), `provider_unavailable`, `store_unavailable` (503)
   * @example
   * const undone = await billing.subscriptions.undoChange({ customerId: "org_1" });
   */
  readonly undoChange: (input: {
    readonly customerId: string;
    readonly planId?: PlanId<C>;
  }) => Promise<readonly PendingChange[]>;
}

/** The changes as a part of `billing.subscriptions`. */
export function createSubscriptionChanges<C extends Catalog>(
  open: () => Promise<ChangesContext>,
): SubscriptionChanges<C> {
  return {
    async preview({ customerId, ...choice }) {
      checkCustomerId(customerId);
      return answerPreview(await open(), customerId, choice);
    },
    async change({ customerId, ...choice }) {
      checkCustomerId(customerId);
      return settleChange(await open(), customerId, choice);
    },
    async undoChange({ customerId, planId }) {
      checkCustomerId(customerId);
      return withdrawChange(await open(), customerId, planId);
    },
  };
}
