/** Rows under keys, whose changes can be undone. */
export interface Table<Row> {
  get(key: string): Row | undefined;
  set(key: string, row: Row): void;
  delete(key: string): void;
  deleteWhere(isMeant: (row: Row) => boolean): void;
  all(): readonly Row[];
}

/** Tables that change together, or not at all. */
export interface Tables {
  table<Row extends object>(): Table<Row>;
  /** Runs `work`, and undoes what it changed when it throws. It must not wait: nobody else runs meanwhile. */
  atOnce<T>(work: () => T): T;
}

export function createTables(): Tables {
  let undo: (() => void)[] | null = null;
  return {
    table<Row extends object>(): Table<Row> {
      const rows = new Map<string, Row>();
      const remember = (key: string) => {
        const before = rows.get(key);
        undo?.push(() => (before === undefined ? rows.delete(key) : rows.set(key, before)));
      };
      return {
        get: (key) => rows.get(key),
        set(key, row) {
          remember(key);
          rows.set(key, row);
        },
        delete(key) {
          remember(key);
          rows.delete(key);
        },
        deleteWhere(isMeant) {
          for (const [key, row] of [...rows]) {
            if (!isMeant(row)) continue;
            remember(key);
            rows.delete(key);
          }
        },
        all: () => [...rows.values()],
      };
    },
    atOnce(work) {
      const steps: (() => void)[] = [];
      undo = steps;
      try {
        return work();
      } catch (error) {
        for (const step of steps.reverse()) step();
        throw error;
      } finally {
        undo = null;
      }
    },
  };
}

/** One key of several parts, whatever is in them. */
export function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
