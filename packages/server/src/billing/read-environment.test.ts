import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readEnvironment } from "./read-environment.js";

const names = ["NODE_ENV", "TOLLGATE_ENVIRONMENT", "VERCEL_ENV", "NEXT_PHASE"] as const;
type Variables = Partial<Record<(typeof names)[number], string>>;

const setAll = (variables: Variables) => {
  for (const name of names) vi.stubEnv(name, variables[name]);
};
beforeEach(() => setAll({}));
afterEach(() => vi.unstubAllEnvs());

const production = { production: true, takesTestKeys: false };
const preview = { production: true, takesTestKeys: true };
const development = { production: false, takesTestKeys: true };

test.each<[string, Variables, string | undefined, object]>([
  ["nothing", {}, undefined, development],
  ["a developer's machine", { NODE_ENV: "development" }, undefined, development],
  ["a name that is not ours", { NODE_ENV: "staging" }, undefined, production],
  ["production", { NODE_ENV: "production" }, undefined, production],
  ["a preview of the host", { NODE_ENV: "production", VERCEL_ENV: "preview" }, undefined, preview],
  ["the host's production", { NODE_ENV: "production", VERCEL_ENV: "production" }, undefined, production],
  [
    "the host's development, built",
    { NODE_ENV: "production", VERCEL_ENV: "development" },
    undefined,
    production,
  ],
  ["a host's name in capitals", { NODE_ENV: "production", VERCEL_ENV: "Preview" }, undefined, production],
  [
    "a host's tool on a developer's machine",
    { NODE_ENV: "development", VERCEL_ENV: "preview" },
    undefined,
    development,
  ],
  ["our variable: preview", { NODE_ENV: "production", TOLLGATE_ENVIRONMENT: "preview" }, undefined, preview],
  [
    "our variable: development",
    { NODE_ENV: "production", TOLLGATE_ENVIRONMENT: " development\n" },
    undefined,
    development,
  ],
  [
    "our variable against the host",
    { VERCEL_ENV: "preview", TOLLGATE_ENVIRONMENT: "production" },
    undefined,
    production,
  ],
  ["our variable, empty", { NODE_ENV: "production", TOLLGATE_ENVIRONMENT: "" }, undefined, production],
  [
    "the option against all",
    { NODE_ENV: "development", TOLLGATE_ENVIRONMENT: "development" },
    "production",
    production,
  ],
  ["the option: preview", { NODE_ENV: "production" }, "preview", preview],
  [
    "the option: development",
    { NODE_ENV: "production", VERCEL_ENV: "production" },
    "development",
    development,
  ],
])("%s", (_name, variables, option, expected) => {
  setAll(variables);
  expect(readEnvironment(option)).toMatchObject({ ...expected, building: false });
});

test.each(["staging", "Preview", "test", "true", "1"])(
  "TOLLGATE_ENVIRONMENT %j is refused, and the valid names are listed",
  (name) => {
    setAll({ TOLLGATE_ENVIRONMENT: name });
    const message = `must be "production", "preview" or "development", and TOLLGATE_ENVIRONMENT is ${JSON.stringify(name)}`;
    expect(() => readEnvironment(undefined)).toThrow(message);
  },
);

test("a live key is accepted when the code says development, not when a variable does that may be left over", () => {
  setAll({ TOLLGATE_ENVIRONMENT: "development" });
  expect(readEnvironment(undefined).takesLiveKeys).toBe(false);
  expect(readEnvironment("development").takesLiveKeys).toBe(true);
  setAll({ TOLLGATE_ENVIRONMENT: "preview" });
  expect(readEnvironment(undefined).takesLiveKeys).toBe(true);
});

test.each(["phase-production-server", "phase-development-server", ""])(
  "NEXT_PHASE %j is not a build",
  (phase) => {
    setAll({ NEXT_PHASE: phase });
    expect(readEnvironment(undefined).building).toBe(false);
  },
);

test("what follows a refusal names what decided, and the way to other rules", () => {
  setAll({ NODE_ENV: "production" });
  const { because } = readEnvironment(undefined);
  for (const words of [
    'NODE_ENV is "production"',
    "TOLLGATE_ENVIRONMENT=preview",
    "TOLLGATE_ENVIRONMENT=development",
  ])
    expect(because).toContain(words);
});
