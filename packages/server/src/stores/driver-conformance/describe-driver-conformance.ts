import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { SqlDriver } from "../driver/sql-driver.js";
import { describeErrors } from "./errors.js";
import { describeListening } from "./listening.js";
import { describeStatements } from "./statements.js";
import { describeTransactions } from "./transactions.js";

/** What the suite needs from a driver's own tests. */
export interface DriverConformanceOptions {
  /** A driver for a Postgres where it may create a schema, which it drops again. Called once; the suite closes it. */
  readonly createDriver: () => Promise<SqlDriver>;
  /**
   * Whether two transactions can be open at once. With `one` they run one after the other, and tests that need two are
   * skipped, as are those of a lost connection.
   * @default "several"
   */
  readonly sessions?: "one" | "several";
}

/**
 * Every promise of `SqlDriver` as a vitest suite; run `describeStoreConformance` with `postgres(driver)` as well.
 *
 * @example
 * import { fromDrizzle } from "@tollgate/server/drizzle";
 * import { describeDriverConformance } from "@tollgate/server/sql/testing";
 * import { drizzle } from "drizzle-orm/node-postgres";
 *
 * describeDriverConformance("fromDrizzle", { createDriver: async () => fromDrizzle(drizzle(pool)) });
 */
export function describeDriverConformance(name: string, options: DriverConformanceOptions): void {
  describe(`${name} keeps the promises of a driver`, () => {
    const schema = `driver_${randomUUID().replaceAll("-", "")}`;
    const table = `${schema}.rows`;
    let opened: SqlDriver | undefined;
    const driver = () => {
      if (opened === undefined) throw new Error("The driver is used before it is made.");
      return opened;
    };
    const several = (options.sessions ?? "several") === "several";

    beforeAll(async () => {
      opened = await options.createDriver();
      await opened.script(
        `CREATE SCHEMA ${schema}; CREATE TABLE ${table} (id text PRIMARY KEY, number int);`,
      );
    });
    afterAll(async () => {
      await opened?.script(`DROP SCHEMA ${schema} CASCADE`);
      await opened?.close();
    });

    describeStatements({ driver, table });
    describeTransactions({ driver, table }, several);
    describeErrors({ driver, table }, several);
    describeListening({ driver, table });
    it("can be closed by someone who did not open anything with it", async () => {
      const unused = await options.createDriver();
      await unused.close();
    });
  });
}
