import type { IsoTime, Job } from "@tollgate/core";

/**
 * Without the look at a customer's seats, which is saved with the subscription instead: only the store knows at no cost
 * whether anybody has reported members, and for most a job would cost more than the event that it follows.
 */
export function takeSeatsOut(
  jobs: readonly Job[],
  at: IsoTime,
): { readonly others: readonly Job[]; readonly seatsDueAt: IsoTime | null } {
  const others = jobs.filter(({ type }) => type !== "settle_seats");
  return { others, seatsDueAt: others.length < jobs.length ? at : null };
}
