import type { TellTurn } from "../driver/loops.js";
import type { SqlRunner } from "../driver/sql-driver.js";

/** In milliseconds. What is older is read again; what is twice as old is no longer relied on. */
const freshMs = 60_000;

/** What this instance knows about the types that some instance runs. */
export interface HeardTypes {
  /**
   * `false` only where it is known that nobody runs any of them. Asks the database now and then, alongside the work.
   */
  mayBeHeard(types: readonly string[]): boolean;
  /** Called when this instance begins to run these. */
  add(types: readonly string[]): void;
}

/**
 * Saves the outbox's transaction where nobody would run what it adds. A type that another instance begins to run is
 * known here a minute later; that instance finds what was kept as unheard meanwhile.
 */
export function createHeardTypes(sql: SqlRunner, tellTurn: TellTurn): HeardTypes {
  const own = new Set<string>();
  let known: ReadonlySet<string> = new Set();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading = false;

  async function read(): Promise<void> {
    if (reading) return;
    reading = true;
    try {
      const rows = await sql.query<{ readonly type: string }>(
        "SELECT type FROM tollgate.callback_types WHERE heard_at > now() - interval '10 minutes'",
      );
      known = new Set(rows.map(({ type }) => type));
      readAt = performance.now();
      tellTurn("callback_types", null);
    } catch (error) {
      // Then it stays unknown, which is slower but never wrong.
      tellTurn("callback_types", error);
    } finally {
      reading = false;
    }
  }

  return {
    mayBeHeard(types) {
      const age = performance.now() - readAt;
      if (age > freshMs) void read();
      return age > freshMs * 2 || types.some((type) => own.has(type) || known.has(type));
    },
    add(types) {
      for (const type of types) own.add(type);
    },
  };
}
