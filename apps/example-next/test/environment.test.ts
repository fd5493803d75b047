import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllEnvs());

const start = (key: string) => {
  vi.stubEnv("STRIPE_SECRET_KEY", key);
  vi.stubEnv("APP_URL", "http://app.example.com");
  return import("../billing/server.js");
};

test.each(["sk_live_1234", "rk_live_1234", " rk_live_1234\n"])(
  "with the key %j production's rules hold",
  (key) => expect(start(key)).rejects.toThrow("appUrl"),
);

test.each(["sk_test_1234", "rk_test_1234", ""])("with the key %j it is a demo", (key) =>
  expect(start(key)).resolves.toHaveProperty("billing"),
);
