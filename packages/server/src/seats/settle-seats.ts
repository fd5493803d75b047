import {
  BillingError,
  type Callback,
  decideSeats,
  type ErrorCode,
  type HeldSeats,
  holdingSeats,
  type IsoTime,
  type SeatRecord,
  type StoredSeats,
  type ToldSeats,
} from "@tollgate/core";
import { settleChange } from "../changes/settle-change.js";
import { waitForTurn } from "../sync/wait-for-turn.js";
import { buySeats, wasOvertaken } from "./buy-seats.js";
import type { SeatsContext } from "./seats-context.js";

const tries = 8;

/** What came of a look at the seats. */
interface SettledSeats {
  /** What stands in the way; `null`: what is billed follows the members. */
  readonly failure: BillingError | null;
}

/**
 * Lets what is billed follow the members, as far as that can be done now; what can't is due again. What happens in between,
 * on other instances too, is seen: it ends once what is stored and what is billed agree.
 *
 * @throws BillingError `store_unavailable`
 */
export async function settleSeats(
  context: SeatsContext,
  customerId: string,
  group: string,
): Promise<SettledSeats> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const stored = await findSeats(context, customerId, group);
    if (stored === null) return { failure: null };
    const outcome = await takeStep(context, stored);
    if (outcome !== "again" && (await endStep(context, stored, outcome)) === "saved") return outcome;
    await waitForTurn(attempt);
  }
  // It stays due.
  return { failure: null };
}

export async function findSeats(
  { store }: Pick<SeatsContext, "store">,
  customerId: string,
  group: string,
): Promise<StoredSeats | null> {
  const all = await store.listSeats(customerId);
  return all.find(({ record }) => record.group === group) ?? null;
}

interface StepEnd extends SettledSeats {
  readonly dueAt: IsoTime | null;
}

async function takeStep(context: SeatsContext, stored: StoredSeats): Promise<StepEnd | "again"> {
  const { catalog, store, seatPolicy: rules, clock } = context;
  const { record } = stored;
  const { customerId } = record;
  const subscriptions = await store.listSubscriptions(customerId);
  const step = decideSeats({ catalog, subscriptions, record, rules, now: clock() });
  if (step.kind === "settled") return { failure: null, dueAt: null };
  if (step.kind === "wait") return { failure: null, dueAt: step.until };
  const carried = step.kind === "buy" ? step.carried : null;
  const told = record.told ?? toldOf(holdingSeats(catalog, subscriptions, record.group));
  if (told !== record.told || (carried !== null && record.carried === null)) {
    await noteBefore(context, stored, { told, carried: record.carried ?? carried });
    return "again";
  }
  try {
    if (step.kind === "plan") await settleChange(context, customerId, step.target);
    else if (step.kind === "beyond" && step.target !== null) {
      await buySeats(context, { ...record, count: step.most, earlier: [] });
    } else await buySeats(context, record);
    return "again";
  } catch (error) {
    if (wasOvertaken(error)) return "again";
    if (!(error instanceof BillingError)) throw error;
    return { failure: error, dueAt: retryAt(context, record, error) };
  }
}

/**
 * Stores what was before seats are bought, so that a crash in between loses nothing of it.
 *
 * @param stored `revision`: `null` where nothing was reported before
 */
export function noteBefore(
  context: SeatsContext,
  { record, revision }: { readonly record: SeatRecord; readonly revision: number | null },
  before: Pick<SeatRecord, "told" | "carried">,
): Promise<"saved" | "overtaken"> {
  const write = { record: { ...record, ...before }, dueAt: now(context), callbacks: [] };
  return context.store.saveSeats({ ...write, expectedRevision: revision });
}

/** What there is to tell of what is billed. */
export function toldOf(held: HeldSeats | null): ToldSeats | null {
  return held && { quantity: held.quantity, next: held.next?.quantity ?? null };
}

function now({ clock }: SeatsContext): IsoTime {
  return clock().toISOString();
}

const minute = 60_000;
const longestWait = 24 * 60 * minute;

/** What is out of reach soon comes back; a payment that fails, or a subscription that ends, takes somebody to mend it. */
function retryAt({ clock }: SeatsContext, { attempts }: SeatRecord, { status }: BillingError): IsoTime {
  const first = status >= 500 ? minute : 15 * minute;
  const wait = Math.min(longestWait, first * 2 ** Math.min(attempts, 12));
  return new Date(clock().getTime() + wait).toISOString();
}

async function endStep(
  context: SeatsContext,
  { record, dueAt: before, revision }: StoredSeats,
  { failure, dueAt }: StepEnd,
): Promise<"saved" | "overtaken"> {
  const { catalog, store } = context;
  const subscriptions = await store.listSubscriptions(record.customerId);
  const held = holdingSeats(catalog, subscriptions, record.group);
  const problem = failure?.code ?? null;
  const told = toldOf(held) ?? record.told;
  const isNews = !isSameNumber(told, record.told);
  const isRest = dueAt === before && problem === record.problem && record.carried === null;
  if (failure === null && !isNews && isRest) return "saved";
  const attempts = failure === null ? 0 : record.attempts + 1;
  const next: SeatRecord = { ...record, carried: failure && record.carried, attempts, problem, told };
  const callbacks = held === null ? [] : callbacksOf(record, next, held, revision);
  return store.saveSeats({ record: next, dueAt, expectedRevision: revision, callbacks });
}

function isSameNumber(one: ToldSeats | null, other: ToldSeats | null): boolean {
  return one?.quantity === other?.quantity && one?.next === other?.next;
}

/** Named by the revision that they come with, so that each is told once. */
function callbacksOf(
  before: SeatRecord,
  after: SeatRecord,
  held: HeldSeats,
  revision: number,
): readonly Callback[] {
  const { customerId, group, count: used, told, problem } = after;
  const { provider, subscriptionId, planId, quantity, next } = held;
  const data = { customerId, planId, group, provider, subscriptionId, used, quantity, next };
  const id = (type: string) => `${customerId}:${group}:${revision}:${type}`;
  const previousQuantity = before.told?.quantity ?? quantity;
  // What was there when it was first looked at is no news.
  const isChanged = before.told !== null && !isSameNumber(before.told, told);
  const isUnpaid = problem !== null && problem !== before.problem && isRefusal(problem);
  return [
    ...(isChanged
      ? [{ id: id("changed"), type: "seats.changed", data: { ...data, previousQuantity } } as const]
      : []),
    ...(isUnpaid
      ? [{ id: id("unpaid"), type: "seats.unpaid", data: { ...data, reason: problem } } as const]
      : []),
  ];
}

/** What is out of reach for a moment concerns nobody. */
function isRefusal(code: ErrorCode): boolean {
  return new BillingError(code, code).status < 500;
}
