import type { Catalog, Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { afterEach, expect, test, vi } from "vitest";
import { type BillingOptions, createBilling } from "../index.js";
import { stripe } from "../providers/stripe/index.js";
import { memory } from "../stores/memory/memory.js";

const webhookSecret = "whsec_Qm9yZGVhdXhfbm90X2Ffd29yZF8x";
/** Nobody answers there, which is known at once. */
const apiBase = "http://127.0.0.1:1";
const testKeys = { secretKey: "sk_test_1", webhookSecret };
const liveKeys = { secretKey: "sk_live_1", webhookSecret };

function options(overrides: Partial<BillingOptions> = {}): BillingOptions {
  return {
    plans: buildCatalog(),
    provider: stripe({ ...testKeys, apiBase }),
    store: memory({ inProduction: true }),
    appUrl: "http://localhost:3000",
    identify: () => ({ id: "ada", role: "manager" }),
    ...overrides,
  };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ["appUrl", { appUrl: "app.example.com" }, /`appUrl` must be an origin such as https:\/\/app\.example\.com/],
  ["appUrl", { appUrl: "ftp://app.example.com" }, /must be an origin/],
  ["appUrl", { appUrl: "https://app.example.com/app" }, /without a path or credentials/],
  ["appUrl", { appUrl: "https://user:pass@app.example.com" }, /without a path or credentials/],
  ["allowedOrigins", { allowedOrigins: ["*"] }, /`allowedOrigins` must be an origin/],
  ["basePath", { basePath: "api/billing" }, /`basePath` must be a path such as "\/api\/billing"/],
  ["basePath", { basePath: "/api/billing/" }, /without a slash at its end/],
  ["basePath", { basePath: "" }, /must be a path/],
  ["basePath", { basePath: "/../x" }, /dots for a step/],
  ["basePath", { basePath: "/x/." }, /dots for a step/],
  ["basePath", { basePath: "//evil.example" }, /must be a path/],
  ["basePath", { basePath: "/api/%2e%2e" }, /must be a path/],
  ["duplicates", { duplicates: "refund" }, /`duplicates` must be one of cancel_and_refund, cancel, keep/],
  ["eventRetentionDays", { eventRetentionDays: 30 }, /must be a whole number of days from 31 to 3650/],
  ["graceDays", { graceDays: -1 }, /`graceDays` must be a whole number of days from 0 to 365/],
  ["environment", { environment: "staging" as "production" }, /"production", "preview" or "development"/],
  ["jobs", { jobs: "cron" as "manual" }, /`jobs` must be "background" or "manual"/],
  ["store", { store: undefined as unknown as Store }, /`store` is missing/],
  ["identify", { identify: "ada" as never }, /`identify` must be a function/],
])("refuses a wrong `%s` in exact words", (option, overrides, message) => {
  const create = () => createBilling(options(overrides as Partial<BillingOptions>));
  expect(create).toThrowError(expect.objectContaining({ code: "invalid_options", details: { option } }));
  expect(create).toThrowError(message);
});

test("refuses a catalog that contradicts itself", () => {
  const plans: Catalog = {
    features: {},
    plans: { pro: { name: "Pro", trialDays: -1, includes: {} } },
    products: {},
  };
  expect(() => createBilling(options({ plans }))).toThrowError(
    expect.objectContaining({ code: "invalid_catalog" }),
  );
});

test("production refuses test keys and an app without TLS", () => {
  const production = { environment: "production", appUrl: "https://app.example.com" } as const;
  expect(() => createBilling(options(production))).toThrowError(/test key/);
  const live = { ...production, provider: stripe(liveKeys) };
  expect(() => createBilling(options({ ...live, appUrl: "http://app.example.com" }))).toThrowError(/https:/);
  expect(() => createBilling(options({ ...live, allowedOrigins: ["http://a.example"] }))).toThrowError(
    /https:/,
  );
  expect(() => createBilling(options(live))).not.toThrow();
});

test("production refuses a store that forgets, unless it is said to be meant", () => {
  const live = {
    environment: "production",
    appUrl: "https://app.example.com",
    provider: stripe(liveKeys),
  } as const;
  expect(() => createBilling(options({ ...live, store: memory() }))).toThrowError(
    /`store` is `memory\(\)`, which forgets everything when the process ends: give `postgres\(\)`, .+ \(`environment` is "production"\)/,
  );
  for (const fit of [
    { ...live, store: memory({ inProduction: true }) },
    { ...live, environment: "development", provider: stripe(testKeys), store: memory() },
  ] as const) {
    expect(() => createBilling(options(fit))).not.toThrow();
  }
});

test.each(["production", "Production", "PRODUCTION ", "prod", "staging", "preview", "live", "nonsense"])(
  "NODE_ENV %j is production when nothing else is said, and the refusal says so",
  (name) => {
    vi.stubEnv("NODE_ENV", name);
    const refusal = { code: "invalid_options", message: expect.stringContaining(JSON.stringify(name)) };
    expect(() => createBilling(options())).toThrowError(expect.objectContaining(refusal));
    const appUrl = "http://app.example.com";
    const withoutTls = () => createBilling(options({ provider: stripe(liveKeys), appUrl }));
    expect(withoutTls).toThrowError(expect.objectContaining(refusal));
    expect(() => createBilling(options({ environment: "development" }))).not.toThrow();
  },
);

test.each([undefined, "", "development", "Development", "dev", "local", "test"])(
  "NODE_ENV %j is development",
  (name) => {
    vi.stubEnv("NODE_ENV", name);
    expect(() => createBilling(options())).not.toThrow();
  },
);

test("a test key in production is refused with the reason and every way out", () => {
  vi.stubEnv("NODE_ENV", "production");
  const create = () => createBilling(options({ appUrl: "https://app.example.com" }));
  for (const words of [
    "`provider` has a test key",
    "by which a test card pays",
    'NODE_ENV is "production"',
    "TOLLGATE_ENVIRONMENT=preview",
    "TOLLGATE_ENVIRONMENT=development",
    "`environment` of createBilling",
  ])
    expect(create).toThrowError(words);
  expect(create).not.toThrowError(/sk_test_1|whsec_/);
});

test.each([{ TOLLGATE_ENVIRONMENT: "preview" }, { VERCEL_ENV: "preview" }])(
  "a preview (%j) accepts test keys, but neither a forger's secret nor an app without TLS",
  (variables) => {
    vi.stubEnv("NODE_ENV", "production");
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const appUrl = "https://app-git-x.example.app";
    expect(() => createBilling(options({ appUrl }))).not.toThrow();
    expect(() => createBilling(options({ appUrl, provider: stripe(liveKeys) }))).not.toThrow();
    const published = stripe({ ...testKeys, webhookSecret: "whsec_tollgate" });
    expect(() => createBilling(options({ appUrl, provider: published }))).toThrowError(
      /published with the sandbox.*TOLLGATE_ENVIRONMENT=development/,
    );
    expect(() => createBilling(options())).toThrowError(/`appUrl` must start with https:/);
  },
);

test("TOLLGATE_ENVIRONMENT=development opens a production build for test keys, never for live ones", () => {
  vi.stubEnv("NODE_ENV", "production");
  vi.stubEnv("TOLLGATE_ENVIRONMENT", "development");
  expect(() => createBilling(options())).not.toThrow();
  expect(() => createBilling(options({ provider: stripe(liveKeys) }))).toThrowError(
    /has a live key.*let events be forged: unset TOLLGATE_ENVIRONMENT/,
  );
});

test("a build accepts what production refuses, and refuses to work with it", async () => {
  vi.stubEnv("NODE_ENV", "production");
  vi.stubEnv("NEXT_PHASE", "phase-production-build");
  const billing = createBilling(options({ logger: { error() {}, warn() {}, info() {} } }));
  const refusal = {
    code: "invalid_options",
    message: expect.stringMatching(/has a test key.*This is a build.*instrumentation\.ts/),
  };
  await expect(billing.pushPlans()).rejects.toMatchObject(refusal);
  await expect(billing.access(request)).rejects.toMatchObject(refusal);
  const response = await billing.handler(new Request("https://app.example.com/api/billing/plans"));
  expect([response.status, await response.json()]).toMatchObject([500, { error: refusal }]);
});

test.each(["/", "/billing", "/a/b.c", "/v1.2/~me", "/..."])(
  "serves its routes under %s",
  async (basePath) => {
    const billing = createBilling(options({ basePath }));
    const under = (path: string) =>
      billing.handler(new Request(`http://localhost:3000${billing.basePath}${path}`));
    expect((await under("/plans")).status).toBe(200);
    expect((await under("/nowhere")).status).toBe(404);
    await billing.close();
  },
);

/** The real store, with a record of what was asked of it. */
function noting(store: Store, notes: string[], failures = 0): Store {
  let left = failures;
  return {
    ...store,
    migrate: async () => {
      notes.push("migrate");
      left -= 1;
      if (left >= 0) throw new Error("No route to the database.");
      await store.migrate();
    },
    hearCallbacks: (types) => {
      notes.push(`hears ${types.join()}`);
      return store.hearCallbacks(types);
    },
    onWork: (listener) => {
      notes.push("works");
      return store.onWork(listener);
    },
  };
}

const request = new Request("http://localhost:3000/");

test("touches the store at the first call, once however many come at once, and not before", async () => {
  const notes: string[] = [];
  const store = noting(memory(), notes);
  const billing = createBilling(options({ store, on: { "payment.failed": () => {} } }));
  await billing.handler(new Request("http://localhost:3000/api/billing/plans"));
  expect(notes).toEqual([]);
  await Promise.all([billing.access(request), billing.access(request), billing.access(request)]);
  expect(notes.slice(0, 3)).toEqual(["migrate", "hears payment.failed", "works"]);
  await billing.close();
});

test("tries again at the next call when the store could not be reached", async () => {
  const notes: string[] = [];
  const store = noting(memory(), notes, 1);
  const billing = createBilling(options({ store }));
  await expect(billing.access(request)).rejects.toThrowError("No route to the database.");
  expect((await billing.access(request)).planId).toBe("free");
  expect(notes).toEqual(["migrate", "migrate", "works"]);
  await billing.close();
});

test("leaves the outbox to others when it has no callbacks", async () => {
  const notes: string[] = [];
  const billing = createBilling(options({ store: noting(memory(), notes) }));
  await billing.access(request);
  expect(notes).toEqual(["migrate", "works"]);
  await billing.close();
});

test("starts nothing in the background where the host has none", async () => {
  const notes: string[] = [];
  const on = { "payment.failed": () => {} };
  const billing = createBilling(options({ store: noting(memory(), notes), on, jobs: "manual" }));
  await billing.access(request);
  expect(notes).toEqual(["migrate"]);
  await billing.close();
});

test("can be closed without having been used", async () => {
  await createBilling(options()).close();
});

test.each([
  {},
  { id: "", role: "manager" },
  { id: 7, role: "manager" },
  { id: "ada", role: "owner" },
  undefined,
])("refuses %j as an identity, rather than show somebody's billing to another", async (identity) => {
  const billing = createBilling(options({ identify: () => identity as never }));
  await expect(billing.access(request)).rejects.toMatchObject({ code: "invalid_options" });
});

test("feature names come from the catalog: another one does not compile", async () => {
  const billing = createBilling({ ...options(), plans: buildCatalog(), identify: () => null });
  const access = await billing.access(request);
  expect(access.check("export").allowed).toBe(false);
  // @ts-expect-error The catalog has no such feature.
  expect(() => access.check("teleport")).toThrowError(expect.objectContaining({ code: "unknown_feature" }));
});
