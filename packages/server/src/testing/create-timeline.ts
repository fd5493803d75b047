import type { Billing } from "../billing/billing.js";
import { failOnRefusals, type TestSandbox } from "./test-sandbox.js";

/** What a test needs from a billing. */
export type TestableBilling = Pick<
  Billing,
  "handler" | "appUrl" | "basePath" | "pushPlans" | "runJobs" | "callbacks" | "close"
>;

/** How far a test moves. */
export interface TimeStep {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
}

/** The app's way through time. */
export interface TestTimeline {
  /**
   * Moves the sandbox and billing forward, to a time or by a span, and plays what falls due on the way, day by day:
   * each webhook is delivered and each callback run before the next day begins.
   *
   * @throws RangeError for a time in the past, and what `settle` throws
   */
  advance(to: TimeStep | Date): Promise<void>;
  /**
   * Waits until nothing is undelivered: no webhook, no callback, no job.
   *
   * @throws Error when the app refused a webhook, or a callback or a job failed, naming it
   */
  settle(): Promise<void>;
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** Whatever has not come to rest by then is going round in circles. */
const mostRounds = 100;

type Parts = Pick<TestableBilling, "runJobs" | "callbacks">;

export function createTimeline(sandbox: TestSandbox, billing: Parts): TestTimeline {
  const lastEvent = () => sandbox.events().at(-1)?.id;

  /** @returns whether there may be more. */
  async function settleOnce(): Promise<boolean> {
    const seen = lastEvent();
    await sandbox.settled();
    failOnRefusals(sandbox);
    const { callbacks, jobs, failed, done } = await billing.runJobs({ maxSeconds: 60 });
    if (failed > 0) throw await describeFailure(billing);
    return callbacks + jobs > 0 || !done || lastEvent() !== seen;
  }

  async function settle(): Promise<void> {
    for (let round = 0; round < mostRounds; round += 1) {
      if (!(await settleOnce())) return;
    }
    throw new Error("Billing does not come to rest: each callback or job brings another one.");
  }

  return {
    settle,
    async advance(to) {
      const until = to instanceof Date ? to : after(sandbox.now(), to);
      if (!(until >= sandbox.now())) throw new RangeError("Time only moves forward.");
      let at = sandbox.now().getTime();
      while (at < until.getTime()) {
        const seen = lastEvent();
        at = Math.min(at + day, until.getTime());
        // The clock runs on meanwhile, and may be there already.
        if (at > sandbox.now().getTime()) sandbox.advance(new Date(at));
        if (lastEvent() !== seen) await settle();
      }
      await settle();
    },
  };
}

function after(now: Date, { days = 0, hours = 0, minutes = 0 }: TimeStep): Date {
  return new Date(now.getTime() + days * day + (hours * 60 + minutes) * minute);
}

async function describeFailure({ callbacks }: Parts): Promise<Error> {
  const listed = await Promise.all([callbacks.list({ state: "waiting" }), callbacks.list({ state: "dead" })]);
  const failed = listed.flatMap((page) => page.callbacks).find(({ lastError }) => lastError !== null);
  if (failed === undefined) return new Error("A job of billing failed: its log says why.");
  const { type, customerId, lastError } = failed;
  return new Error(`The callback ${type} of ${customerId} failed: ${lastError?.name}: ${lastError?.message}`);
}
