import { describe, expect, it } from "vitest";
import { april, buildStripeSubscription } from "../../../../test/build-stripe.js";
import { timeOfRead } from "./time-of-read.js";

const read = (headers: Record<string, string>, durationMs: number) => {
  const lastResponse = { headers, requestId: "req_1", statusCode: 200 };
  const subscription = buildStripeSubscription({ canceled_at: april });
  return timeOfRead({ ...subscription, lastResponse }, durationMs);
};

describe("the time of a read from Stripe", () => {
  it.each([
    ["a request that took no time", 0, "2026-11-21T10:00:05.000Z"],
    ["a quick one", 0.4, "2026-11-21T10:00:04.000Z"],
    ["one of a second", 1000, "2026-11-21T10:00:04.000Z"],
    ["one of a little more", 1000.1, "2026-11-21T10:00:03.000Z"],
    ["one that was tried several times", 6200, "2026-11-21T09:59:58.000Z"],
  ])("is a whole second before Stripe looked: %s", (_, durationMs, time) => {
    expect(read({ date: "Sat, 21 Nov 2026 10:00:05 GMT" }, durationMs)).toBe(time);
  });

  it.each([[{}], [{ date: "soon" }]])(
    "is what the object proves when the answer has the headers %o",
    (headers) => {
      expect(read(headers, 400)).toBe("2026-04-01T00:00:00.000Z");
    },
  );
});
