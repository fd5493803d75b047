import type { TellTurn } from "./loops.js";

/** Runs statements. Parameters are `$1`, `$2`, …; JSON goes in as text with a `::jsonb` cast. */
export interface SqlRunner {
  /** @param prepareAs Has the database parse and plan the text once per connection, under this name for it. */
  query<Row extends object>(
    text: string,
    params?: readonly unknown[],
    prepareAs?: string,
  ): Promise<readonly Row[]>;
  /** Several statements in one text, without parameters. */
  script(text: string): Promise<void>;
}

/**
 * A connection to one database. Errors that say that the database is out of reach rise as BillingError
 * `store_unavailable`, all others as the database told them.
 */
export interface SqlDriver extends SqlRunner {
  /** One transaction at READ COMMITTED. Use only the given runner within `work`. */
  transaction<T>(work: (tx: SqlRunner) => Promise<T>): Promise<T>;
  /**
   * Hears what is sent to a channel, until the function that it resolves to is called or the connection is
   * lost. Absent where nobody else could send anything, or it was told not to listen.
   */
  readonly listen?:
    | ((
        channel: string,
        on: {
          message(payload: string): void;
          /** Nothing is heard any more. */
          lost(): void;
        },
      ) => Promise<() => Promise<void>>)
    | undefined;
  /**
   * From now on each statement outside a transaction gets one of its own, at READ COMMITTED. Absent where sessions
   * always begin like that.
   */
  readonly isolateStatements?: (() => void) | undefined;
  /** Says whom to tell how its own work in the background goes. Absent where it has none. */
  readonly observeLoops?: ((tell: TellTurn) => void) | undefined;
  close(): Promise<void>;
}
