import { describe, expect, it, vi } from "vitest";
import type { Store } from "../../ports/store.js";
import { unique } from "./unique.js";

export function describeRateLimits(store: () => Store, second: () => Store | undefined): void {
  const allowed = { allowed: true, retryAfterSeconds: 0 };

  describe("takeToken", () => {
    it("allows as many as there are points, then says how long to wait", async () => {
      const limit = { key: unique("key"), points: 3, perSeconds: 60 };
      for (let n = 0; n < 3; n += 1) expect(await store().takeToken(limit)).toEqual(allowed);
      for (let n = 0; n < 2; n += 1) {
        const answer = await store().takeToken(limit);
        expect(answer.allowed).toBe(false);
        expect(Number.isInteger(answer.retryAfterSeconds)).toBe(true);
        expect(answer.retryAfterSeconds).toBeGreaterThan(50);
        expect(answer.retryAfterSeconds).toBeLessThanOrEqual(60);
      }
    });

    it("lets exactly that many through when all come at once, even across two instances", async () => {
      const limit = { key: unique("key"), points: 5, perSeconds: 60 };
      const instances = [store(), second() ?? store()];
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) => (instances[n % 2] ?? store()).takeToken(limit)),
      );
      expect(answers.filter((answer) => answer.allowed)).toHaveLength(5);
    });

    it("counts each key by itself, whatever it is made of", async () => {
      const limit = { points: 1, perSeconds: 60 };
      const key = unique("key");
      for (const one of [key, `${key} `, `${key}'; --`, `${key}__proto__`, `${key}🏳️‍🌈`, key.repeat(40)]) {
        expect(await store().takeToken({ ...limit, key: one })).toEqual(allowed);
        expect(await store().takeToken({ ...limit, key: one })).toMatchObject({ allowed: false });
      }
    });

    it("starts again when the window has passed", async () => {
      const limit = { key: unique("key"), points: 1, perSeconds: 1 };
      expect(await store().takeToken(limit)).toEqual(allowed);
      expect(await store().takeToken(limit)).toEqual({ allowed: false, retryAfterSeconds: 1 });
      await vi.waitFor(async () => expect(await store().takeToken(limit)).toEqual(allowed), {
        timeout: 5_000,
        interval: 100,
      });
    });
  });

  describe("pruneRateLimits", () => {
    it("leaves the counts of windows that are still open", async () => {
      const limit = { key: unique("key"), points: 2, perSeconds: 60 };
      await store().takeToken(limit);
      await store().pruneRateLimits();
      expect(await store().takeToken(limit)).toEqual(allowed);
      expect(await store().takeToken(limit)).toMatchObject({ allowed: false });
    });
  });
}
