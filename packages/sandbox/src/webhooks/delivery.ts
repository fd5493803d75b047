/** One try to hand an event to an endpoint. Times are ISO 8601, of the machine's clock. */
export type Attempt = {
  at: string;
  /** The endpoint's HTTP status, or null if there was no answer. */
  status: number | null;
  /** Why there was no answer. */
  error: string | null;
  durationMs: number;
};

/** An event on its way to one endpoint. */
export type Delivery = {
  eventId: string;
  eventType: string;
  endpointId: string;
  url: string;
  /** `failed` means that no retry is left. */
  state: "delivered" | "failed" | "pending";
  attempts: Attempt[];
  /** Milliseconds until the next attempt, counted from the last one; null if none is planned. */
  retryInMs: number | null;
};
