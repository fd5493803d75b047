import {
  type AccessFacts,
  acceptCount,
  BillingError,
  decideSeats,
  holdingSeats,
  type SeatRecord,
  type SeatReport,
  type StoredSeats,
  seatFeatureOf,
} from "@tollgate/core";
import { describeError } from "../log/logger.js";
import { waitForTurn } from "../sync/wait-for-turn.js";
import { buySeats, tooMany } from "./buy-seats.js";
import { limitOf, type SeatsReading, toSeatsReading } from "./read-seats.js";
import type { SeatsContext } from "./seats-context.js";
import { findSeats, noteBefore, settleSeats, toldOf } from "./settle-seats.js";

const tries = 8;

/** What became of a report. */
export interface SeatsOutcome extends SeatsReading {
  /** `false`: a later count is known, and nothing was changed. */
  readonly applied: boolean;
}

/**
 * Takes in how many members there are, and lets what is billed follow. What reduces is never held up: it is stored, and
 * billed when it can be. What grows is paid first, unless the app wants its members in whatever comes of it.
 *
 * @throws BillingError what `buySeats` throws; `limit_reached`
 */
export async function setSeats(
  context: SeatsContext,
  report: SeatReport,
  unpaid: "refuse" | "admit",
): Promise<SeatsOutcome> {
  const { customerId, group } = report;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const stored = await findSeats(context, customerId, group);
    const now = context.clock();
    const record = acceptCount(stored?.record ?? null, report, { ...context.seatPolicy, now });
    if (record === null) return ignored(context, customerId, group);
    const grows = record.count > (stored?.record.count ?? 0);
    const before = await standing(context, record);
    if (grows && unpaid === "refuse") {
      if (before.carried !== null && record.carried === null) {
        if ((await noteCarried(context, stored, record, before)) === "saved") continue;
        if (await context.store.isBeingDeleted(customerId)) return ignored(context, customerId, group);
        await waitForTurn(attempt);
        continue;
      }
      await admit(context, record);
    }
    const told = record.told ?? before.told;
    const carried = record.carried ?? before.carried;
    const write = { record: { ...record, told, carried }, dueAt: now.toISOString(), callbacks: [] };
    const outcome = await context.store.saveSeats({ ...write, expectedRevision: stored?.revision ?? null });
    if (outcome === "saved") {
      await followNow(context, record);
      return { ...(await readSeats(context, customerId, group)), applied: true };
    }
    if (await context.store.isBeingDeleted(customerId)) return ignored(context, customerId, group);
    await waitForTurn(attempt);
  }
  throw new BillingError("store_unavailable", "The seats are changing too fast. Try again.");
}

async function ignored(context: SeatsContext, customerId: string, group: string): Promise<SeatsOutcome> {
  return { ...(await readSeats(context, customerId, group)), applied: false };
}

interface Standing extends Pick<SeatRecord, "told" | "carried"> {
  /** For how many members seats are paid; `null`: for any number, or nothing bills them. */
  readonly paid: number | null;
}

/** What is billed before anything is done about it, and what waits for the period's end. */
async function standing(context: SeatsContext, record: SeatRecord): Promise<Standing> {
  const { catalog, store, seatPolicy: rules, clock } = context;
  const subscriptions = await store.listSubscriptions(record.customerId);
  const step = decideSeats({ catalog, subscriptions, record, rules, now: clock() });
  const held = holdingSeats(catalog, subscriptions, record.group);
  return {
    told: toldOf(held),
    carried: step.kind === "buy" ? step.carried : null,
    paid: held?.paid ?? null,
  };
}

/**
 * Stores what waits before buying seats withdraws it, and nothing of who is not let in yet: of a first report, only those for
 * whom seats are paid already.
 */
function noteCarried(
  context: SeatsContext,
  stored: StoredSeats | null,
  record: SeatRecord,
  { carried, told, paid }: Standing,
): Promise<"saved" | "overtaken"> {
  if (stored !== null) return noteBefore(context, stored, { carried, told: stored.record.told });
  // No more than what waits has room for, so that it is agreed on again as it was.
  const count = Math.min(record.count, paid ?? record.count, carried?.quantity ?? record.count);
  const first = { ...record, count };
  return noteBefore(context, { record: first, revision: null }, { carried, told });
}

/** @throws BillingError where one more may not be there: it can't be paid, or the plan allows no more */
async function admit(context: SeatsContext, record: SeatRecord): Promise<void> {
  const { catalog, store } = context;
  const subscriptions = await store.listSubscriptions(record.customerId);
  if (holdingSeats(catalog, subscriptions, record.group) !== null) return buySeats(context, record);
  await checkRoom(context, record);
}

/** @throws BillingError `limit_reached` where a plan that is not billed by the number includes fewer */
export async function checkRoom(
  context: SeatsContext,
  { customerId, group, count }: Pick<SeatRecord, "customerId" | "group" | "count">,
): Promise<void> {
  if (seatFeatureOf(context.catalog, group) === null) return;
  const limit = limitOf(context, await readFacts(context, customerId), { group, customerId });
  if (limit !== null && count > limit) throw tooMany(count, limit);
}

/** What can't be done now is due, and the log says why. */
async function followNow(context: SeatsContext, { customerId, group }: SeatRecord): Promise<void> {
  try {
    const { failure } = await settleSeats(context, customerId, group);
    if (failure === null) return;
    context.logger.warn(
      { customerId, group, error: describeError(failure) },
      "Seats wait to follow their members",
    );
  } catch (error) {
    context.logger.error(
      { customerId, group, error: describeError(error) },
      "Seats wait to follow their members",
    );
  }
}

export async function readSeats(
  context: SeatsContext,
  customerId: string,
  group: string,
): Promise<SeatsReading> {
  const facts = await readFacts(context, customerId);
  const stored = await findSeats(context, customerId, group);
  return toSeatsReading(context, facts, { group, stored, customerId });
}

function readFacts({ store, providers, clock }: SeatsContext, customerId: string): Promise<AccessFacts> {
  return store.readAccessFacts(customerId, providers.ids, clock());
}
