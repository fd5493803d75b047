/** What a contender is opened with. */
export interface ContenderSettings {
  readonly name: ContenderName;
  readonly databaseUrl: string;
  readonly webhookSecret: string;
  /** Answers for the provider's API. */
  readonly apiBase: string;
  /** How many subscriptions the events will be about. */
  readonly population: number;
}

/** Somebody who receives webhooks. */
export interface Contender {
  /** Where they go. */
  readonly path: string;
  /** The API version that its SDK is made for. */
  readonly version: string;
  readonly handle: (request: Request) => Promise<Response>;
  /** How many callbacks it has run; absent where it has none to run for each event. */
  readonly told?: () => number;
  /** The quantities that it has stored for these subscriptions. */
  readonly readQuantities: (ids: readonly string[]) => Promise<readonly Quantity[]>;
}

export interface Quantity {
  readonly id: string;
  readonly quantity: number;
}

export type ContenderName =
  | "floor"
  | "floor-callbacks"
  | "ours"
  | "callbacks"
  | "rereads"
  | "sync-engine"
  | "better-auth";
