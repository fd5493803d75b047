/** Whose use is counted: always the same customer's, or that of everybody in turn. */
export type Spread = "hot" | "many";

/** What is measured. */
export interface UsageRun {
  readonly what: "record" | "recordMany" | "floor";
  readonly spread: Spread;
  readonly clients: number;
}

/** What a process that counts is opened with. */
export interface UsageSettings {
  readonly databaseUrl: string;
  readonly population: number;
}
