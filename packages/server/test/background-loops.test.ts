import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createLoopWatch } from "../src/health/loop-watch.js";
import { createPostgresDriver } from "../src/stores/postgres/postgres-driver.js";
import { createSqlStore } from "../src/stores/store/sql-store.js";
import { type FreshDatabase, freshDatabase } from "./fresh-database.js";
import { openWorld, type World } from "./world.js";

// Waiting ends with what is waited for; a machine that is busy with other tests may take its time.
const patience = { timeout: 50_000 };
const patient = { timeoutSeconds: 50 };

let database: FreshDatabase;
let store: Store;
let world: World;

beforeAll(async () => {
  database = await freshDatabase();
  const timing = { pollMs: 20, maintenanceMs: 100 };
  store = createSqlStore(createPostgresDriver(database.pool), timing);
  // Made while nobody works on the table, and lifted by a row: a change of a table in use can end in a deadlock.
  await store.migrate();
  await database.pool.query(`
    CREATE TABLE refusals (state text NOT NULL);
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM public.refusals WHERE state = NEW.state::text)
      THEN RAISE EXCEPTION 'no room for results'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER refuse BEFORE UPDATE ON tollgate_jobs.job FOR EACH ROW EXECUTE FUNCTION refuse()`);
  world = await openWorld({ store, on: {} });
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

test("a job whose end can't be written down is reported, and other jobs continue", async () => {
  const { pool } = database;
  const jobs = [1, 2, 3, 4].map(
    (one) =>
      ({ type: "settle_duplicate", customerId: `org_${one}`, provider: "stripe", group: "main" }) as const,
  );
  await pool.query("INSERT INTO refusals VALUES ('completed')");
  const enqueue = () => store.enqueueJobs(jobs);
  const results = async () => {
    const { loops, problems } = await world.billing.health(patient);
    const failing = problems.filter((one) => one.includes("job_results"));
    return { loop: loops.find(({ loop }) => loop === "job_results"), failing };
  };
  await enqueue();
  await vi.waitFor(async () => {
    const { loop, failing } = await results();
    expect(loop).toMatchObject({ error: { message: expect.stringContaining("no room for results") } });
    expect(failing).toHaveLength(1);
  }, patience);
  const told = world.logged.filter(({ fields }) => fields.loop === "job_results");
  expect(told).toMatchObject([{ level: "error", message: "Billing's background fails: job_results" }]);
  await pool.query("DELETE FROM refusals");
  await enqueue();
  await vi.waitFor(async () => {
    expect(await results()).toMatchObject({ loop: { failures: 0, error: null }, failing: [] });
  }, patience);
});

test("a worker whose every turn fails says so in the log, but not every time, and in health until it works", async () => {
  await vi.waitFor(async () => {
    const { status, loops } = await world.billing.health(patient);
    expect(status).toBe("ok");
    expect(loops).toContainEqual(expect.objectContaining({ loop: "jobs", failures: 0, error: null }));
  }, patience);
  await database.pool.query("ALTER TABLE tollgate_jobs.job RENAME TO job_elsewhere");
  await vi.waitFor(async () => {
    const { status, problems, loops } = await world.billing.health(patient);
    const jobs = loops.find(({ loop }) => loop === "jobs");
    expect(jobs?.failures).toBeGreaterThan(20);
    expect(jobs).toMatchObject({ lastSuccessAt: expect.any(String), failingSince: expect.any(String) });
    expect(status).toBe("degraded");
    expect(problems.join()).toMatch(/background of this instance fails \(jobs, .*does not exist/);
  }, patience);
  const told = world.logged.filter(({ fields }) => fields.loop === "jobs");
  expect(told.map(({ level, message }) => [level, message])).toEqual([
    ["error", "Billing's background fails: jobs"],
  ]);
  await database.pool.query("ALTER TABLE tollgate_jobs.job_elsewhere RENAME TO job");
  await vi.waitFor(async () => {
    expect(await world.billing.health(patient)).toMatchObject({ status: "ok", problems: [] });
  }, patience);
  expect(world.logged.at(-1)).toMatchObject({ level: "warn" });
});

test("a loop that keeps failing is reported every few minutes, with its secrets blanked", () => {
  const lines: string[] = [];
  let minutes = 0;
  const log = (_fields: object, message: string) => void lines.push(`${minutes} ${message}`);
  const watch = createLoopWatch({ error: log, warn: log, info: log }, () => minutes * 60_000);
  for (; minutes < 12; minutes += 1) watch.observe("jobs", new Error("no such host: sk_live_abc123"));
  watch.observe("jobs", null);
  expect(lines).toEqual([
    "0 Billing's background fails: jobs",
    "5 Billing's background fails: jobs",
    "10 Billing's background fails: jobs",
    "12 Billing's background works again: jobs",
  ]);
  watch.observe("jobs", new Error("no such host: sk_live_abc123"));
  expect(JSON.stringify(watch.states())).not.toContain("abc123");
  expect(watch.states()).toMatchObject([{ failures: 1, lastSuccessAt: "1970-01-01T00:12:00.000Z" }]);
});
