import type { BillingProvider, Store } from "@tollgate/core";

/** A process that dies in the middle of its work: at one call, and every call after it. */
export interface Crash {
  /** Which of all calls: 1 is the first. */
  readonly at: number;
  /** `before`: the call is not made. `after`: it is made, and its answer is lost. */
  readonly when: "before" | "after";
}

/** A store and a provider that go down together. */
export interface Mortal {
  readonly store: Store;
  readonly provider: BillingProvider;
  /** Those that sell nothing. */
  readonly others: readonly BillingProvider[];
  /** How many calls were made, so that a test can try each of them. */
  readonly calls: () => number;
}

/** Opening, watching and closing a store asks nothing of it, and some answers need nobody. */
const spared: ReadonlySet<string | symbol> = new Set([
  ...["migrate", "close", "observeLoops", "onWork", "recallSubscription"],
  ...["contentSecurity", "sharesAccountWith", "verifyHeaders", "isAbout"],
]);

/** What a provider does is in groups, and groups of groups. */
function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Counts the calls of a store and its providers, and dies at one of them. */
export function createMortal(
  world: { store: Store; provider: BillingProvider; others?: readonly BillingProvider[] },
  crash: Crash | null,
): Mortal {
  let calls = 0;
  async function live<T>(call: () => Promise<T>): Promise<T> {
    calls += 1;
    const mine = calls;
    if (crash !== null && (mine > crash.at || (mine === crash.at && crash.when === "before"))) throw died();
    const result = await call();
    if (crash !== null && mine === crash.at) throw died();
    return result;
  }
  const mortal = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, key) {
        const value: unknown = Reflect.get(object, key);
        if (isGroup(value)) return mortal(value);
        if (typeof value !== "function" || spared.has(key)) return value;
        if (key === "forApp") return (app: string) => mortal(value.call(object, app));
        return (...args: unknown[]) => live(() => value.apply(object, args));
      },
    });
  const others = (world.others ?? []).map(mortal);
  return { store: mortal(world.store), provider: mortal(world.provider), others, calls: () => calls };
}

function died(): Error {
  return new Error("The process died.");
}
