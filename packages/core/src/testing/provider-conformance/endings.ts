import { describe, expect, it } from "vitest";
import type { CancelSettlement, EndTime } from "../../ending/ending-abilities.js";
import type { Cancellation } from "../../language/cancellation.js";
import type { ProviderSubscription } from "../../language/subscription.js";
import type { ProviderEndings } from "../../ports/provider-endings.js";
import { missing, readOurs, starterOffer, subscribe, timeOf, type World } from "./buyer.js";

const oneDay = 86_400_000;
const said: Cancellation = { reason: "switched_service", feedback: "We built our own" };

export function describeEndings(world: () => World): void {
  const endings = (): ProviderEndings | undefined => world().provider.manage.endings;
  const key = () => crypto.randomUUID();
  const tomorrow = () => {
    const seconds = Math.floor((timeOf(world()).getTime() + oneDay) / 1000);
    return new Date(seconds * 1000).toISOString();
  };
  const end = (
    subscription: ProviderSubscription,
    at: EndTime,
    {
      settlement = "nothing" as CancelSettlement,
      words = null as Cancellation | null,
      idempotencyKey = key() as string,
    } = {},
  ) => endings()?.end({ subscription, at, settlement, said: words, idempotencyKey });
  const notSupported = { code: "not_supported" };

  describe("ending", () => {
    it.for(["now", "period_end", "date"] as const)(
      "ends %s, if it says that it can",
      async (kind, { skip }) => {
        if (endings() === undefined) return skip("it claims no endings");
        const ours = await subscribe(world(), starterOffer);
        const at: EndTime = kind === "date" ? { kind, date: tomorrow() } : { kind };
        if (!endings()?.ends.includes(kind)) return expect(end(ours, at)).rejects.toMatchObject(notSupported);
        expect(await end(ours, at, { words: said })).toEqual({ refunded: null });
        const dates = { now: null, period_end: ours.currentPeriod?.end, date: "date" in at ? at.date : null };
        const status = kind === "now" ? "ended" : "active";
        const after = await readOurs(world(), ours);
        expect(after).toMatchObject({ status, cancelAt: dates[kind] });
        // Kept, or never told of: then the server keeps it.
        expect(after.cancellation).toBeOneOf([said, undefined]);
        if (kind === "now")
          return expect(end(ours, at)).rejects.toMatchObject({ code: "subscription_ended" });
        await end(ours, at);
        expect(await readOurs(world(), ours)).toMatchObject({ cancelAt: dates[kind] });
      },
    );

    it("moves an end that is ahead, and withdraws it, if it says that it can", async ({ skip }) => {
      if (!endings()?.keeps) return skip("it claims not to withdraw an end");
      const ours = await subscribe(world(), starterOffer);
      if (endings()?.ends.includes("date")) await end(ours, { kind: "date", date: tomorrow() });
      await end(ours, { kind: "period_end" }, { words: said });
      expect(await readOurs(world(), ours)).toMatchObject({ cancelAt: ours.currentPeriod?.end });
      for (const _ of ["once", "again"]) {
        await endings()?.keep({ subscription: ours, idempotencyKey: key() });
        const after = await readOurs(world(), ours);
        expect(after).toMatchObject({ status: "active", cancelAt: null });
        expect(after.cancellation ?? null).toBeNull();
      }
    });

    it.for(["credit", "refund"] as const)(
      "settles by a %s once, if it says that it can",
      async (settlement, { skip }) => {
        if (!endings()?.ends.includes("now")) return skip("it claims not to end at once");
        const ours = await subscribe(world(), starterOffer);
        const at = { kind: "now" } as const;
        if (!endings()?.settlements.includes(settlement))
          return expect(end(ours, at, { settlement })).rejects.toMatchObject(notSupported);
        const results = [await end(ours, at, { settlement })];
        // As if days later, when the provider has forgotten the key; and by two at once.
        const again = () => end(ours, at, { settlement, idempotencyKey: ours.id });
        if (settlement === "refund") results.push(await again(), ...(await Promise.all([again(), again()])));
        const first = results[0]?.refunded ?? null;
        for (const { refunded } of results.flatMap((one) => one ?? [])) expect(refunded).toEqual(first);
        const { currentPeriod } = ours;
        const all = currentPeriod === null ? 0 : 900;
        const sum = await world().driver.refundedTo?.(ours.providerCustomerId);
        expect(first?.amount ?? 0).toBe(settlement === "refund" ? all : 0);
        expect(sum).toBeOneOf([settlement === "refund" ? all : 0, undefined]);
      },
    );
  });

  describe("discounts", () => {
    it("says what a coupon does, and gives it to one that runs, if it says that it can", async ({ skip }) => {
      const discounts = endings()?.discounts;
      const coupon = await world().driver.makeCoupon?.();
      if (discounts === undefined || coupon === undefined) return skip("it claims no discounts");
      const terms = { percentOff: 20, amountOff: null, duration: "forever", months: null };
      expect(await discounts.read(coupon)).toEqual(terms);
      expect(await discounts.read(missing(coupon))).toBeNull();
      const ours = await subscribe(world(), starterOffer);
      const call = () => ({ subscription: ours, coupon, idempotencyKey: key() });
      for (const _ of ["once", "again"]) await discounts.apply(call());
      await end(ours, { kind: "now" });
      await expect(discounts.apply(call())).rejects.toMatchObject({ code: "subscription_ended" });
    });
  });

  describe("pausing", () => {
    it.for(["full", "collection"] as const)(
      "pauses %s and resumes, if it says that it can",
      async (how, { skip }) => {
        if (endings() === undefined) return skip("it claims no endings");
        const ours = await subscribe(world(), starterOffer);
        const call = () => ({ subscription: ours, idempotencyKey: key() });
        const pause = (until: string | null) => endings()?.pause({ ...call(), how, until });
        const ability = endings()?.pauses.find(({ kind }) => kind === how);
        if (ability === undefined) return expect(pause(null)).rejects.toMatchObject(notSupported);
        const until = tomorrow();
        if (ability.until) {
          await pause(until);
          expect(await readOurs(world(), ours)).toMatchObject({ pause: { kind: how, resumesAt: until } });
        } else await expect(pause(until)).rejects.toMatchObject(notSupported);
        for (const _ of ["once", "again"]) await pause(null);
        const status = how === "full" ? "paused" : "active";
        expect(await readOurs(world(), ours)).toMatchObject({
          status,
          pause: { kind: how, resumesAt: null },
        });
        for (const _ of ["once", "again"]) await endings()?.resume(call());
        expect(await readOurs(world(), ours)).toMatchObject({ status: "active", pause: null });
      },
    );
  });
}
