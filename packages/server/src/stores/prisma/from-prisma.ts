import { BillingError } from "@tollgate/core";
import { allOrNothing } from "../driver/all-or-nothing.js";
import type { SqlDriver, SqlRunner } from "../driver/sql-driver.js";
import { type BorrowedPool, listenThrough } from "../postgres/borrowed-pool.js";
import { fromPrismaError } from "./from-prisma-error.js";
import { fromPrismaRow, toPrismaValue } from "./prisma-values.js";

/** What your Prisma can't do for billing. */
export type PrismaOptions = BorrowedPool;

interface PrismaRunner {
  $queryRawUnsafe(text: string, ...values: unknown[]): PromiseLike<unknown>;
  $executeRawUnsafe(text: string, ...values: unknown[]): PromiseLike<number>;
}

/** Any app's generated client, as far as billing uses it. */
export interface PrismaOnPostgres extends PrismaRunner {
  $connect(): PromiseLike<void>;
  $transaction<T>(
    work: (tx: PrismaRunner) => Promise<T>,
    options: { maxWait: number; timeout: number; isolationLevel: "ReadCommitted" },
  ): Promise<T>;
}

/**
 * In milliseconds. By default Prisma waits two seconds for a connection, and undoes what takes longer than five:
 * bringing tables up to date may take longer. What is too long is for the database to decide (`statement_timeout`).
 */
const limits = { maxWait: 10_000, timeout: 2 ** 31 - 1 };

/**
 * Billing on what your Prisma runs on: `postgres(fromPrisma(client))`. Prisma's log and query extensions see billing's
 * statements; `client.$disconnect()`, and the pool, stay yours.
 *
 * @param client a generated client of Prisma 7 or newer with `@prisma/adapter-pg`
 * @throws BillingError `invalid_options` for another database, an older Prisma, or a transaction
 * @example
 * import { PrismaPg } from "@prisma/adapter-pg";
 * import { postgres } from "@tollgate/server/postgres";
 * import { PrismaClient } from "./prisma/generated/client.js";
 *
 * const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
 * const store = postgres(fromPrisma(prisma, { pool }));
 */
export function fromPrisma(client: PrismaOnPostgres, options: PrismaOptions = {}): SqlDriver {
  refuseUnlessPostgres(client);
  return {
    ...toRunner(client),
    async transaction<T>(work: (tx: SqlRunner) => Promise<T>) {
      // Its own failure to roll back would replace the error that the work failed with.
      let failed: { readonly error: unknown } | undefined;
      const inside = (tx: PrismaRunner) =>
        allOrNothing(toRunner(tx), work).catch((error: unknown) => {
          failed = { error };
          throw error;
        });
      try {
        return await client.$transaction(inside, { ...limits, isolationLevel: "ReadCommitted" });
      } catch (error) {
        throw failed === undefined ? fromPrismaError(error) : failed.error;
      }
    },
    listen: listenThrough(options),
    async close() {},
  };
}

function toRunner(prisma: PrismaRunner): SqlRunner {
  async function run<T>(statement: () => PromiseLike<T>): Promise<T> {
    try {
      return await statement();
    } catch (error) {
      throw fromPrismaError(error);
    }
  }
  return {
    async query<Row extends object>(text: string, params: readonly unknown[] = []) {
      const rows = await run(() => prisma.$queryRawUnsafe(text, ...params.map(toPrismaValue)));
      return Array.isArray(rows) ? rows.map((row) => fromPrismaRow<Row>(row)) : [];
    },
    async script(text) {
      await run(() => prisma.$executeRawUnsafe(text));
    },
  };
}

/** What a client knows about itself; this is internal, so nothing is refused because it is missing. */
interface Inside {
  readonly $queryRawUnsafe?: unknown;
  readonly $connect?: unknown;
  readonly _engineConfig?: { readonly accelerateUrl?: unknown };
  readonly _activeProvider?: unknown;
  readonly _clientVersion?: unknown;
}

function refuseUnlessPostgres(client: unknown): void {
  const inside = Object(client) as Inside;
  const { $queryRawUnsafe, $connect, _engineConfig, _activeProvider, _clientVersion } = inside;
  if (typeof $queryRawUnsafe !== "function") throw refusal("something that is no client of Prisma");
  if (typeof $connect !== "function") throw refusal("a transaction, which ends before billing does");
  if (typeof _activeProvider === "string" && !/^postgres/.test(_activeProvider)) {
    throw refusal(`a Prisma on ${_activeProvider}`);
  }
  if (typeof _engineConfig?.accelerateUrl === "string") {
    throw refusal("a Prisma behind Accelerate, which ends transactions after seconds");
  }
  const major = typeof _clientVersion === "string" ? Number.parseInt(_clientVersion, 10) : Number.NaN;
  if (major < 7) throw refusal(`Prisma ${_clientVersion}, which is older than 7`);
}

function refusal(what: string): BillingError {
  return new BillingError(
    "invalid_options",
    `\`fromPrisma\` was given ${what}. Give it the app's client of Prisma 7 on Postgres, \`new PrismaClient({ adapter: new PrismaPg(pool) })\` with @prisma/adapter-pg, or give billing a pool of \`pg\` or a connection string of its own: \`postgres("postgres://…")\`.`,
  );
}
