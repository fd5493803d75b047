import { openAutumnCheck } from "./access/check-autumn.js";
import { openBetterAuthCheck } from "./access/check-better-auth.js";
import { openOurChecks } from "./access/check-ours.js";
import type { Checker, CheckerSettings, CheckKind } from "./access/checker.js";
import { answer, readSettings } from "./run/process.js";

const settings = readSettings<CheckerSettings>();
/** How long a round is meant to take, in milliseconds. */
const roundTime = 250;
/** The smallest store has few more customers to meet for the first time. */
const coldCount = 700;

let checks: Partial<Record<CheckKind, Checker>> = {};
let forget = async () => {};

answer({
  async open() {
    if (settings.subject === "ours") ({ checks, forget } = await openOurChecks(settings));
    else if (settings.subject === "better-auth") checks = await openBetterAuthCheck(settings);
    else checks = await openAutumnCheck();
  },
  /** Microseconds for each. */
  async check(kind: CheckKind) {
    const check = checks[kind];
    if (check === undefined) throw new Error(`Nothing here checks "${kind}".`);
    if (kind === "cold") {
      await forget();
      return time(check, coldCount);
    }
    // Whatever stays in memory for only a few seconds is read before the clock runs.
    await check(200);
    const each = await time(check, 200);
    return time(check, Math.ceil(Math.min(Math.max((roundTime * 1000) / each, 200), 500_000)));
  },
});

/** Microseconds for each. */
async function time(check: Checker, count: number): Promise<number> {
  globalThis.gc?.();
  const started = performance.now();
  await check(count);
  return ((performance.now() - started) * 1000) / count;
}
