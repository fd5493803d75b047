import type { Fault } from "./decide-fate.js";

/** One try to hand an event to an endpoint. Times are ISO 8601, of the machine's clock. */
export type Attempt = {
  at: string;
  /** The endpoint's HTTP status, or null if there was no answer. */
  status: number | null;
  /** Why there was no answer. */
  error: string | null;
  durationMs: number;
  /** What chaos did to it: `duplicate` is one more after an accepted one; a `drop` was never sent. */
  chaos: Fault | "duplicate" | null;
  /** What was sent; null for an attempt that is too old for its contents to be kept. */
  request: { headers: Record<string, string>; body: string } | null;
  /** What came back, its first 64 kB. */
  response: { headers: Record<string, string>; body: string } | null;
};

const blankAttempt: Omit<Attempt, "at"> = {
  status: null,
  error: null,
  durationMs: 0,
  chaos: null,
  request: null,
  response: null,
};

/** An event on its way to one endpoint. */
export type Delivery = {
  /** Unique in this sandbox. */
  id: string;
  /** The account in which the event happened. */
  account: string;
  eventId: string;
  eventType: string;
  endpointId: string;
  url: string;
  payload: "snapshot" | "thin";
  /** `failed` means that no retry is left. */
  state: "delivered" | "failed" | "pending";
  attempts: Attempt[];
  /** Milliseconds until the next attempt, counted from the last one; null if none is planned. */
  retryInMs: number | null;
};

/** A delivery as an earlier version kept it, with what it lacks; `account` is the sandbox's own. */
export const completeDelivery = (
  kept: Partial<Delivery> & Pick<Delivery, "id">,
  account: string,
): Delivery => ({
  eventId: "",
  eventType: "",
  endpointId: "",
  url: "",
  account,
  payload: "snapshot",
  state: "failed",
  retryInMs: null,
  ...kept,
  attempts: (kept.attempts ?? []).map((attempt) => ({ ...blankAttempt, ...attempt })),
});
