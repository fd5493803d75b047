/** What a process that checks access is asked for. */
export type CheckKind = "warm" | "cold" | "key" | "list" | "autumn";

/** Does one thing that many times, one after another. */
export type Checker = (count: number) => Promise<void>;

/** What a checking process is opened with. */
export interface CheckerSettings {
  readonly subject: "ours" | "better-auth" | "autumn";
  /** Empty for `autumn`. */
  readonly databaseUrl: string;
  readonly population: number;
}
