import { balanceDues } from "./balance-transaction.js";
import { checkoutDues } from "./checkout-dues.js";
import { clockDues } from "./clock-dues.js";
import { type DueSource, dueSource } from "./due.js";
import { chargeHoldDues, holdDues } from "./hold.js";
import { invoiceDues } from "./invoice-dues.js";
import { scheduleDues } from "./schedule-dues.js";
import { debitDues } from "./settle-debit.js";
import { refundDues } from "./settle-refund.js";
import { subscriptionDues } from "./subscription-dues.js";
import { upcomingDues } from "./upcoming-dues.js";

/**
 * Everything that happens by itself, by the beginning of the objects' ids (`cs_test` of `cs_test_1Q`). At the
 * same second, turn and creation, the order is the one of this table.
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
    (world, row) => [...debitDues(world, row), ...holdDues(world, row)],
  ),
  ch: dueSource((world) => world.charges, chargeHoldDues),
  re: dueSource((world) => world.refunds, refundDues),
  txn: dueSource((world) => world.balanceTransactions, balanceDues),
  clock: dueSource((world) => world.testClocks, clockDues),
};

/** The kinds of objects, in the order of their turn. */
export const kinds: readonly DueSource[] = Object.values(sources);

const kindByPrefix = new Map(Object.keys(sources).map((prefix, kind) => [prefix, kind]));

/** The kind of an object, told by its id, or undefined if nothing ever happens to it by itself. */
export const kindOf = (id: string): number | undefined =>
  kindByPrefix.get(id.slice(0, Math.max(0, id.lastIndexOf("_"))));
