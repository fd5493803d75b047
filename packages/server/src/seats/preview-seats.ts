import {
  acceptCount,
  BillingError,
  decideSeats,
  holdingSeats,
  type IsoTime,
  type SeatReport,
} from "@tollgate/core";
import type { ChangePreviewResponse } from "@tollgate/core/contract";
import { answerPreview } from "../changes/price-change.js";
import { tooMany } from "./buy-seats.js";
import type { SeatsContext } from "./seats-context.js";
import { checkRoom } from "./set-seats.js";
import { findSeats } from "./settle-seats.js";

/** What so many members would cost. */
export type SeatsPreview =
  /** Nothing: their seats are paid for, or nothing is billed by the number. */
  | { readonly kind: "unchanged" }
  /** Nothing until then: who leaves before it costs nothing. */
  | { readonly kind: "grace"; readonly until: IsoTime }
  /** Seats are paid now, or fewer from the next period on: `at` says which. */
  | { readonly kind: "change"; readonly change: ChangePreviewResponse };

/** @throws BillingError what a preview of a change throws; `limit_reached` where no more are sold, or the plan includes no more */
export async function previewSeats(context: SeatsContext, report: SeatReport): Promise<SeatsPreview> {
  const { catalog, store, seatPolicy: rules, clock } = context;
  const { customerId, group } = report;
  const now = clock();
  const stored = await findSeats(context, customerId, group);
  const record = acceptCount(stored?.record ?? null, { ...report, countedAt: null }, { ...rules, now });
  const subscriptions = await store.listSubscriptions(customerId);
  const grows = report.count > (stored?.record.count ?? 0);
  // What `set` would refuse costs nothing only because it can't be had.
  if (grows && rules.unpaid === "refuse" && holdingSeats(catalog, subscriptions, group) === null) {
    await checkRoom(context, report);
  }
  const step = record && decideSeats({ catalog, subscriptions, record, rules, now });
  if (step === null || step.kind === "settled") return { kind: "unchanged" };
  if (step.kind === "wait") return { kind: "grace", until: step.until };
  if (step.kind === "beyond") throw tooMany(report.count, step.most);
  try {
    const seatsInUse = { [group]: report.count };
    return { kind: "change", change: await answerPreview(context, customerId, step.target, seatsInUse) };
  } catch (error) {
    // What is stored was behind: the provider has so many already. Of what is outdated nobody knows what it costs.
    if (error instanceof BillingError && error.code === "nothing_to_change") return { kind: "unchanged" };
    throw error;
  }
}
