import { scheduleDues } from "../changes/schedule-dues.js";
import { checkoutDues } from "../checkout/opening/checkout-dues.js";
import { invoiceDues } from "../collection/invoice-dues.js";
import { creditDues } from "../credits/credit-dues.js";
import { debitDues } from "../paying/debit-dues.js";
import { depositDues } from "../paying/deposit-dues.js";
import { balanceDues } from "../payments/balance-dues.js";
import { chargeDues, holdDues } from "../payments/hold-dues.js";
import { payoutDues } from "../payments/payout.js";
import { refundDues } from "../payments/refund-dues.js";
import { upcomingDues } from "../preview/upcoming-dues.js";
import { subscriptionDues } from "../subscriptions/renewing/subscription-dues.js";
import { type DueSource, dueSource } from "../world/due.js";
import { clockDues } from "./clock-dues.js";

/**
 * Everything that happens by itself, by the beginning of the objects' ids (`cs_test` of `cs_test_1Q`). At the
 * same second, turn and creation, the order is that of this table.
 */
const sources: Record<string, DueSource> = {
  sub_sched: dueSource((world) => world.subscriptionSchedules, scheduleDues),
  sub: dueSource(
    (world) => world.subscriptions,
    (world, row) => [...subscriptionDues(world, row), ...upcomingDues(world, row)],
  ),
  in: dueSource((world) => world.invoices, invoiceDues),
  cs_test: dueSource((world) => world.checkoutSessions, checkoutDues),
  pi: dueSource(
    (world) => world.paymentIntents,
    (world, row) => [...debitDues(world, row), ...depositDues(world, row), ...holdDues(world, row)],
  ),
  seti: dueSource((world) => world.setupIntents, depositDues),
  ch: dueSource((world) => world.charges, chargeDues),
  re: dueSource((world) => world.refunds, refundDues),
  po: dueSource((world) => world.payouts, payoutDues),
  txn: dueSource((world) => world.balanceTransactions, balanceDues),
  credgr_test: dueSource((world) => world.creditGrants, creditDues),
  clock: dueSource((world) => world.testClocks, clockDues),
};

/** The kinds of objects, in the order of their turn. */
export const kinds: readonly DueSource[] = Object.values(sources);

const kindByPrefix = new Map(Object.keys(sources).map((prefix, kind) => [prefix, kind]));

/** The kind of an object, by its id, or undefined if nothing ever happens to it by itself. */
export const kindOf = (id: string): number | undefined =>
  kindByPrefix.get(id.slice(0, Math.max(0, id.lastIndexOf("_"))));
