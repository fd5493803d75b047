import { BillingError } from "@tollgate/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPace } from "./pace.js";

const busy = () => new BillingError("provider_unavailable", "Too many requests.");

const minute = 60_000;

describe("createPace", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("sends no more requests a second than allowed, and the first one at once", async () => {
    const pace = createPace(10, new AbortController().signal);
    const sent: number[] = [];
    const all = Promise.all(Array.from({ length: 5 }, () => pace(async () => sent.push(performance.now()))));
    const began = performance.now();
    await vi.advanceTimersByTimeAsync(minute);
    await all;
    expect(sent.map((at) => Math.round(at - began))).toEqual([0, 100, 200, 300, 400]);
  });

  it("tries again what the provider turned away, each time after a longer wait", async () => {
    const pace = createPace(1_000, new AbortController().signal);
    const began = performance.now();
    const tried: number[] = [];
    const answer = pace(async () => {
      tried.push(performance.now() - began);
      if (tried.length < 4) throw busy();
      return "done";
    });
    await vi.advanceTimersByTimeAsync(minute);
    expect(await answer).toBe("done");
    const waits = tried.slice(1).map((at, n) => at - (tried[n] ?? 0));
    for (const [n, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(750 * 2 ** n);
      expect(wait).toBeLessThanOrEqual(1_250 * 2 ** n + 1);
    }
  });

  it("gives up in the end, and at once on what waiting won't help", async () => {
    const pace = createPace(1_000, new AbortController().signal);
    const turnedAway = vi.fn(async () => Promise.reject(busy()));
    const given = pace(turnedAway).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(minute);
    expect(await given).toMatchObject({ code: "provider_unavailable" });
    expect(turnedAway).toHaveBeenCalledTimes(6);
    const refused = vi.fn(async () => Promise.reject(new Error("no")));
    const answer = pace(refused).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(minute);
    expect(await answer).toMatchObject({ message: "no" });
    expect(refused).toHaveBeenCalledTimes(1);
  });

  it("stops waiting when it is told to", async () => {
    const stopping = new AbortController();
    const pace = createPace(1, stopping.signal);
    await pace(async () => "first");
    const second = pace(async () => "second").catch((error: unknown) => error);
    stopping.abort(new Error("told to"));
    expect(await second).toMatchObject({ message: "told to" });
    await expect(pace(async () => "third")).rejects.toThrow("told to");
  });
});
