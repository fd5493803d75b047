import type { ContenderName } from "./contender.js";

/** The medians of one contender at some number of clients. */
type Figures = Readonly<Record<ContenderName, number>>;

/** With that many clients: events per second, and the processor's microseconds per event. */
export interface WebhookResult {
  readonly clients: number;
  readonly perSecond: Partial<Figures>;
  readonly cpu: Partial<Figures>;
  readonly databaseCpu: Partial<Figures>;
}
