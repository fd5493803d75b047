import {
  type AccessFacts,
  decideAccess,
  type ErrorCode,
  holdingSeats,
  type IsoTime,
  type SeatRecord,
  type StoredSeats,
  seatFeatureOf,
} from "@tollgate/core";
import type { SeatsContext } from "./seats-context.js";

/** How many members a customer has, and how many seats. */
export interface SeatsReading {
  readonly group: string;
  /** How many members you said there are; 0 where you never did. */
  readonly used: number;
  /** When they were counted; `null`: never. */
  readonly countedAt: IsoTime | null;
  /** How many there may be now: what is paid for, or what the plan includes; `null`: no limit. */
  readonly limit: number | null;
  /** The plan that is billed by the number; `null`: none is. */
  readonly planId: string | null;
  /** How many seats are billed now; `null`: nothing is billed by the number. */
  readonly quantity: number | null;
  /** How many are billed from the next period on; `null`: as many. */
  readonly next: { readonly quantity: number; readonly at: IsoTime } | null;
  /** When what was reported is looked at again: a grace ends, or a payment is tried again. `null`: all is as it should be. */
  readonly dueAt: IsoTime | null;
  /** Why members are there whose seat is not paid; `null`: nothing stands in the way. */
  readonly problem: ErrorCode | null;
}

/** What there is to read about a customer's seats. */
export function toSeatsReading(
  context: Pick<SeatsContext, "catalog" | "graceDays" | "clock">,
  facts: AccessFacts,
  {
    group,
    stored,
    customerId,
  }: { readonly group: string; readonly stored: StoredSeats | null; readonly customerId: string },
): SeatsReading {
  const { catalog } = context;
  const held = holdingSeats(catalog, facts.subscriptions, group);
  const record: SeatRecord | null = stored?.record ?? null;
  return {
    group,
    used: record?.count ?? 0,
    countedAt: record?.countedAt ?? null,
    limit: held === null ? limitOf(context, facts, { group, customerId }) : held.paid,
    planId: held?.planId ?? null,
    quantity: held?.quantity ?? null,
    next: held?.next ?? null,
    dueAt: stored?.dueAt ?? null,
    problem: record?.problem ?? null,
  };
}

/** How many members access allows; `null`: no limit, or the catalog names no feature of which there is one for each. */
export function limitOf(
  { catalog, graceDays, clock }: Pick<SeatsContext, "catalog" | "graceDays" | "clock">,
  { subscriptions, hasBillingAccount }: AccessFacts,
  { group, customerId }: { readonly group: string; readonly customerId: string },
): number | null {
  const feature = seatFeatureOf(catalog, group);
  if (feature === null) return null;
  const customer = { id: customerId, canManage: false, hasBillingAccount };
  const { features } = decideAccess({ catalog, customer, subscriptions, graceDays, now: clock() });
  return features[feature]?.limit ?? null;
}
