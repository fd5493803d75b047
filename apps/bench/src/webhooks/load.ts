/** A load to send. */
export interface Load {
  readonly port: number;
  readonly path: string;
  /** The API version in which the events are written. */
  readonly version: string;
  /** How many connections, each with one request at a time. */
  readonly clients: number;
  /** How many events were sent before; the next one's index. */
  readonly first: number;
  readonly count: number;
  /** How many subscriptions the events are about, in turn. */
  readonly population: number;
  /** The time of the first event, in seconds; each turn of a subscription comes two seconds later. */
  readonly since: number;
}

/** How it went. */
export interface LoadResult {
  readonly milliseconds: number;
  /** Answers other than 200, and the first of them. */
  readonly failures: number;
  readonly failure: string | null;
}
