import type { Job } from "@tollgate/core";
import type { SeatsContext } from "./seats-context.js";
import { settleSeats } from "./settle-seats.js";

const pageSize = 50;

/**
 * Looks after the seats of one customer, or of everybody for whom that is due. What fails for one holds up nobody else; what
 * is left when its time is up is due still.
 */
export async function settleDueSeats(
  context: SeatsContext,
  { customerId }: Extract<Job, { type: "settle_seats" }>,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock } = context;
  const failures: unknown[] = [];
  const seen = new Set<string>();
  const look = async (id: string, group: string) => {
    seen.add(JSON.stringify([id, group]));
    await settleSeats(context, id, group).catch((error: unknown) => failures.push(error));
  };
  if (customerId !== undefined) {
    for (const { record } of await store.listSeats(customerId)) await look(customerId, record.group);
  } else {
    for (;;) {
      const due = await store.listDueSeats({ at: clock().toISOString(), limit: pageSize });
      const fresh = due.filter(({ record }) => !seen.has(JSON.stringify([record.customerId, record.group])));
      for (const { record } of fresh) {
        if (signal.aborted) return;
        await look(record.customerId, record.group);
      }
      if (fresh.length === 0 || due.length < pageSize) break;
    }
  }
  if (failures.length > 0) throw failures[0];
}
