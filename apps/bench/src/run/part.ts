import type { EventTemplate } from "../events/event-template.js";

/** What the parts share. */
export interface BenchContext {
  /** A superuser's URL. */
  readonly serverUrl: string;
  /** The processor time of Postgres in microseconds; `null` where that can't be read. */
  readonly databaseTime: () => Promise<number | null>;
  readonly template: EventTemplate;
  /** Whether the peers could be installed. */
  readonly hasPeers: boolean;
}

/** One thing that is measured; returns Markdown. */
export interface Part {
  readonly name: string;
  readonly title: string;
  readonly measure: (context: BenchContext) => Promise<string>;
}

/** Says how far the run is, apart from the report. */
export function tell(message: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${message}`);
}
