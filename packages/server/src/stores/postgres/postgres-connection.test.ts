import { randomUUID } from "node:crypto";
import { buildCatalog } from "@tollgate/core/testing";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../test/fresh-database.js";
import { appUrl, readIdentity } from "../../../test/requests.js";
import { createBilling } from "../../index.js";
import { stripe } from "../../providers/stripe/index.js";
import { toStoreError } from "../driver/to-store-error.js";
import { postgres } from "./postgres.js";

let database: FreshDatabase;
const pools: pg.Pool[] = [];

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
  await database.drop();
});
afterEach(() => vi.unstubAllEnvs());

/** The run's database, reached in another way. */
function reached(change: (url: URL) => void): string {
  const url = new URL(database.url);
  change(url);
  return url.href;
}

const password = "hunter2-and-more";

/** What each way to reach the database fails with, by a string and by the app's own pool. */
async function failures(url: string): Promise<readonly Error[]> {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000 });
  pools.push(pool);
  const stores = [postgres(url), postgres(pool)];
  return Promise.all(
    stores.map(async (store) => {
      const error = await store.migrate().then(
        () => new Error("It was reached."),
        (thrown: Error) => thrown,
      );
      await store.close();
      return error;
    }),
  );
}

describe("a database that can't be reached is reported with its host, its name and what to do:", () => {
  const cases: readonly (readonly [name: string, change: (url: URL) => void, words: readonly RegExp[]])[] = [
    [
      "nobody listens",
      (url) => {
        url.port = "1";
        url.password = password;
      },
      [/^Nobody listens at 127\.0\.0\.1:1,/, /Start Postgres/, /ECONNREFUSED/],
    ],
    [
      "the password is wrong",
      (url) => {
        url.password = password;
      },
      [/refuses the password of the user "\w+"/, /Correct the user or the password/, /28P01/],
    ],
    [
      "there is no such database",
      (url) => {
        url.pathname = "/no_such_shop";
      },
      [/has no database "no_such_shop"/, /CREATE DATABASE "no_such_shop"/, /3D000/],
    ],
    [
      "the server has no TLS",
      (url) => {
        url.searchParams.set("sslmode", "verify-full");
      },
      [/has no TLS, and the connection asks for it/, /sslmode/],
    ],
  ];

  it.each(cases)("%s", async (_name, change, words) => {
    const url = reached(change);
    for (const error of await failures(url)) {
      expect(error).toMatchObject({ name: "BillingError", code: "store_unavailable" });
      for (const word of words) expect(error.message).toMatch(word);
      const { hostname, port, pathname } = new URL(url);
      expect(error.message).toContain(`${hostname}:${port}`);
      expect(error.message).toContain(`"${pathname.slice(1)}"`);
    }
  });

  it("the user may not connect", async () => {
    const role = `role_${randomUUID().replaceAll("-", "")}`;
    const own = await freshDatabase();
    const name = new URL(own.url).pathname.slice(1);
    await own.pool.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}';
      REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`);
    const url = new URL(own.url);
    url.username = role;
    url.password = password;
    for (const error of await failures(url.href)) {
      expect(error).toMatchObject({ name: "BillingError", code: "store_unsuitable" });
      expect(error.message).toContain(`GRANT CONNECT ON DATABASE "${name}" TO "${role}";`);
    }
    await own.pool.query(`DROP ROLE ${role}`);
    await own.drop();
  });

  // As `pg` and the servers word it; a server of that kind takes more than a test is worth.
  const address = { host: "db.example.com", port: 6543, database: "shop", user: "app" };
  it.each([
    ["ENOTFOUND", "getaddrinfo ENOTFOUND db.example.com", /not known by that name/],
    ["EAI_AGAIN", "getaddrinfo EAI_AGAIN db.example.com", /not known by that name/],
    ["ETIMEDOUT", "connect ETIMEDOUT 10.0.0.7:6543", /firewalls and allow-lists/],
    ["", "timeout exceeded when trying to connect", /firewalls.*the pool is too small/s],
    [
      "28000",
      'no pg_hba.conf entry for host "10.0.0.9", user "app", database "shop", no encryption',
      /takes no connection without TLS.*sslmode=verify-full/s,
    ],
    [
      "28000",
      'no pg_hba.conf entry for host "10.0.0.9", user "app", database "shop", SSL encryption',
      /does not let the user "app" into/,
    ],
    ["28000", 'role "app" does not exist', /does not let the user "app" into/],
    ["", "SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string", /wants a password/],
    [
      "SELF_SIGNED_CERT_IN_CHAIN",
      "self-signed certificate in certificate chain",
      /is not trusted.*sslrootcert/s,
    ],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match", /is not trusted/],
    ["53300", "sorry, too many clients already", /no connection left.*pooler/s],
    ["57P03", "the database system is starting up", /starting or stopping/],
    ["58000", "could not open file", /out of reach: could not open file/],
  ])("%s %s", (code, message, words) => {
    const error = toStoreError(Object.assign(new Error(message), code === "" ? {} : { code }), address);
    expect(error).toMatchObject({ name: "BillingError", code: "store_unavailable" });
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).toMatch(/db\.example\.com/);
    expect((error as Error).message).toContain('"shop"');
  });
});

it("names host and database in the log, but in no answer to a browser; the password nowhere", async () => {
  const logged: unknown[] = [];
  const log = (...line: readonly unknown[]) => void logged.push(line);
  const billing = createBilling({
    plans: buildCatalog(),
    provider: stripe({ secretKey: "sk_test_1", webhookSecret: "whsec_1" }),
    store: postgres(
      reached((url) => {
        url.port = "1";
        url.password = password;
      }),
    ),
    ...{ appUrl, identify: readIdentity, environment: "development" },
    logger: { error: log, warn: log, info: log },
  });
  const request = new Request(`${appUrl}/api/billing/access`, { headers: { "x-user": "ada" } });
  const answer = await billing.handler(request);
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { error: { code: "store_unavailable", message: "The billing database is out of reach." } },
  ]);
  expect(JSON.stringify(logged)).toContain("Nobody listens at 127.0.0.1:1,");
  expect(JSON.stringify(logged)).not.toContain(password);
  await billing.close();
});

describe("postgres() with a connection string", () => {
  it("uses DATABASE_URL by default, and ends its own pool when it is closed", async () => {
    vi.stubEnv("DATABASE_URL", `${database.url}?application_name=own_pool`);
    const store = postgres();
    await store.migrate();
    const connections = async () => {
      const text = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'own_pool'";
      return (await database.pool.query(text)).rows.length;
    };
    expect(await connections()).toBeGreaterThan(0);
    await store.close();
    await vi.waitFor(async () => expect(await connections()).toBe(0));
    await expect(store.migrate()).rejects.toMatchObject({ code: "store_unavailable" });
  });

  it("works in sessions that begin transactions as serializable", async () => {
    const options = "-c default_transaction_isolation=serializable";
    const store = postgres(`${database.url}?options=${encodeURIComponent(options)}`);
    await store.migrate();
    const period = { startsAt: "2026-03-01T00:00:00.000Z", endsAt: null };
    const entry = { customerId: "org_1", feature: "messages", period, quantity: 1, limit: null };
    const count = (idempotencyKey: string) =>
      store.countUsage({ ...entry, idempotencyKey, recordedAt: "2026-03-01T00:00:00.000Z" });
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => count(`own_${index}`)));
    expect(Math.max(...outcomes.map(({ used }) => used))).toBe(20);
    await store.close();
  });

  it.each([undefined, ""])(
    "says what to set where there is none (%j), only at the first call",
    async (given) => {
      vi.stubEnv("DATABASE_URL", "");
      const store = postgres(given);
      await expect(store.migrate()).rejects.toMatchObject({ name: "BillingError", code: "invalid_options" });
      await expect(store.migrate()).rejects.toThrow(
        /DATABASE_URL is not set.*postgres:\/\/user:password@host/,
      );
    },
  );

  it.each([
    "db.example.com",
    "mysql://app:secret-1@db/shop",
    "postgres://app:secr#et-1@db:5432/shop",
    "postgres://app:secret-1%@db/shop",
  ])("refuses %j at once, without repeating it", (given) => {
    const refused = () => postgres(given);
    expect(refused).toThrow(/What `postgres` was given is neither a pool.*percent-encoded/);
    expect(refused).not.toThrow(/et-1/);
    vi.stubEnv("DATABASE_URL", given);
    expect(() => postgres()).toThrow(/^DATABASE_URL is neither/);
  });

  it("refuses what is neither a string nor a pool", () => {
    for (const wrong of [null, 5, {}, { connectionString: database.url }]) {
      // As an app without types may pass it.
      expect(() => postgres(wrong as unknown as string)).toThrow(
        /neither a pool of `pg`, nor a driver .* nor a connection/,
      );
    }
  });
});
