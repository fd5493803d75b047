import type { Job, Store } from "@tollgate/core";

/**
 * The same without a look at the seats of somebody whose members nobody has reported: a job costs more than the event
 * that it follows.
 */
export async function withoutIdleSeats(
  { store }: { readonly store: Pick<Store, "listSeats"> },
  jobs: readonly Job[],
): Promise<readonly Job[]> {
  const customerId = jobs.flatMap((job) => (job.type === "settle_seats" ? (job.customerId ?? []) : []))[0];
  if (customerId === undefined || (await store.listSeats(customerId)).length > 0) return jobs;
  return jobs.filter(({ type }) => type !== "settle_seats");
}
