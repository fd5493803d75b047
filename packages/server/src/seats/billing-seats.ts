import type { Catalog, IsoTime } from "@tollgate/core";
import { checkCustomerId } from "../customers/billing-customers.js";
import { previewSeats, type SeatsPreview } from "./preview-seats.js";
import type { SeatsReading } from "./read-seats.js";
import type { SeatsContext } from "./seats-context.js";
import { readSeats, type SeatsOutcome, setSeats } from "./set-seats.js";
import { type SeatCounting, toSeatGroup, toSeatReport } from "./to-seat-report.js";

/** How many members a customer has, and when they were counted. */
export type SeatsWish = SeatCounting & {
  /**
   * When you counted them: of reports that arrive in another order, the one that was counted last holds. Give it wherever
   * several instances report. @default now
   */
  readonly countedAt?: Date | IsoTime | undefined;
  /** What becomes of members whose seat can't be paid. @default the option `seats.unpaid` */
  readonly unpaid?: "refuse" | "admit" | undefined;
};

/** Seats that follow the members that your app reports; called by your own server code. */
export interface BillingSeats {
  /**
   * Says how many members there are now, or who; call it before you let somebody in, whenever somebody leaves, or from a
   * webhook about memberships. Calling it again with the same changes nothing. A plan that is sold by the number follows:
   * more seats are paid now, prorated, and fewer are billed from the next period on, so that one who leaves and one who
   * joins in a paid period cost nothing. Where a plan includes a number of members, more are refused.
   *
   * By default nothing changes where a seat can't be paid, not even what is known of the members: let nobody in then. What
   * reduces is never refused: where the provider is out of reach, it is done later.
   *
   * @throws BillingError `payment_failed` (402, `details.reason`), `payment_overdue` (402), `limit_reached` (402: the plan
   * allows no more, `details.limit`); `cancel_scheduled`, `subscription_paused`, `subscription_incomplete` (409), where a
   * seat would have to be bought; `invalid_customer_id`, `invalid_quantity`, `invalid_time`, `unknown_plan` (400: no such
   * group); `provider_unavailable`, `store_unavailable` (503)
   * @example
   * await billing.seats.set({ customerId: "org_1", count: 7 });
   * @example
   * const { used, quantity, next } = await billing.seats.set({
   *   customerId: "org_1",
   *   members: ["ada@example.com", "bob@example.com"],
   *   invited: [{ id: "eve@example.com", expiresAt: "2026-12-24T00:00:00Z" }],
   *   countedAt: new Date(),
   * });
   */
  readonly set: (wish: SeatsWish) => Promise<SeatsOutcome>;
  /**
   * What so many members would cost, to the minor unit, and when. Changes nothing.
   *
   * @throws BillingError what `subscriptions.preview` throws; `limit_reached` where no more are sold, or the plan
   * includes no more
   * @example
   * const preview = await billing.seats.preview({ customerId: "org_1", count: 8 });
   * if (preview.kind === "change") console.warn(preview.change.dueNow, preview.change.effectiveAt);
   */
  readonly preview: (counting: SeatCounting) => Promise<SeatsPreview>;
  /**
   * How many members there are, by what you said, and how many seats are paid for.
   *
   * @throws BillingError `invalid_customer_id`, `unknown_plan` (400: no such group), `store_unavailable`
   * @example
   * const { used, limit, next } = await billing.seats.read({ customerId: "org_1" });
   */
  readonly read: (choice: { readonly customerId: string; readonly group?: string }) => Promise<SeatsReading>;
}

/** The seats as `billing.seats`. */
export function createSeats(
  plans: Catalog,
  parts: { readonly open: () => Promise<SeatsContext>; readonly checkCredentials: () => void },
): BillingSeats {
  const open = async () => {
    parts.checkCredentials();
    return parts.open();
  };
  return {
    async set({ unpaid, ...counting }) {
      const context = await open();
      const report = toSeatReport(plans, counting, context.clock());
      return setSeats(context, report, unpaid ?? context.seatPolicy.unpaid);
    },
    async preview(counting) {
      const context = await open();
      return previewSeats(context, toSeatReport(plans, counting, context.clock()));
    },
    async read({ customerId, group }) {
      checkCustomerId(customerId);
      return readSeats(await open(), customerId, toSeatGroup(plans, group));
    },
  };
}
