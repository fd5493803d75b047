import { describe, expect, it } from "vitest";
import type { Store } from "../../ports/store.js";
import { unique } from "./unique.js";

export function describeAttempts(store: () => Store, second: () => Store | undefined): void {
  describe("advanceAttempt", () => {
    it("counts each key by itself", async () => {
      const [key, other] = [unique("key"), unique("key")];
      for (const from of [0, 1, 2]) expect(await store().advanceAttempt(key, from)).toBe(from + 1);
      expect(await store().advanceAttempt(other, 0)).toBe(1);
    });

    it("takes anyone who saw an earlier attempt to the latest one", async () => {
      const key = unique("key");
      for (const from of [0, 1, 2]) await store().advanceAttempt(key, from);
      expect(await store().advanceAttempt(key, 0)).toBe(3);
      expect(await store().advanceAttempt(key, 1)).toBe(3);
      expect(await store().advanceAttempt(key, 3)).toBe(4);
    });

    it("takes all who saw the same attempt to the same next one, even across two instances", async () => {
      const key = unique("key");
      const instances = [store(), second() ?? store()];
      for (const from of [0, 1]) {
        const all = Array.from({ length: 20 }, (_, n) =>
          (instances[n % 2] ?? store()).advanceAttempt(key, from),
        );
        expect(new Set(await Promise.all(all))).toEqual(new Set([from + 1]));
      }
    });
  });

  describe("pruneAttempts", () => {
    it("leaves what was counted recently", async () => {
      const key = unique("key");
      await store().advanceAttempt(key, 0);
      await store().pruneAttempts();
      expect(await store().advanceAttempt(key, 0)).toBe(1);
    });
  });
}
