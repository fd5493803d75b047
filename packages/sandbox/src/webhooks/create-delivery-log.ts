import type { Attempt, Delivery } from "./delivery.js";

/** How many deliveries are remembered. */
const most = 10_000;
/** How many of the newest attempts keep their contents. */
const mostContents = 1000;

export type DeliveryLog = {
  add(delivery: Omit<Delivery, "attempts" | "id" | "retryInMs" | "state">): Delivery;
  find(id: string): Delivery | undefined;
  /** Whether another delivery of the same event to the same endpoint was accepted. */
  hasDelivered(delivery: Delivery): boolean;
  attempted(delivery: Delivery, attempt: Attempt): void;
  /** Oldest first, not copied. */
  all(): Delivery[];
  restore(deliveries: Delivery[]): void;
  clear(): void;
};

/** The latest deliveries; old ones that are over are forgotten first. */
export const createDeliveryLog = (): DeliveryLog => {
  let records = new Map<string, Delivery>();
  let withContents: Attempt[] = [];
  let last = 0;

  const prune = (): void => {
    if (records.size <= most) return;
    for (const [id, { state }] of records) {
      if (records.size <= most) return;
      if (state !== "pending") records.delete(id);
    }
  };

  const keepContents = (attempt: Attempt): void => {
    withContents.push(attempt);
    if (withContents.length <= mostContents) return;
    const old = withContents.shift();
    if (old) Object.assign(old, { request: null, response: null });
  };

  return {
    add: (given) => {
      const id = `dlv_${++last}`;
      const delivery: Delivery = { id, ...given, state: "pending", attempts: [], retryInMs: null };
      records.set(id, delivery);
      prune();
      return delivery;
    },
    find: (id) => records.get(id),
    hasDelivered: (delivery) =>
      [...records.values()].some(
        (row) =>
          row !== delivery &&
          row.state === "delivered" &&
          row.eventId === delivery.eventId &&
          row.endpointId === delivery.endpointId,
      ),
    attempted: (delivery, attempt) => {
      delivery.attempts.push(attempt);
      keepContents(attempt);
    },
    all: () => [...records.values()],
    restore: (deliveries) => {
      records = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
      withContents = deliveries.flatMap(({ attempts }) => attempts.filter(({ request }) => request !== null));
      last = Math.max(0, ...deliveries.map(({ id }) => Number(id.slice("dlv_".length))));
    },
    clear: () => {
      records.clear();
      withContents = [];
    },
  };
};
