import type { Settlement } from "@tollgate/core";
import { type SettleOutcome, settleEvent } from "./settle-event.js";
import { type SettledUpdate, settleTogether } from "./settle-together.js";
import type { SqlRunner } from "./sql-driver.js";

/** So many statements are under way before others wait: one that waits for a lock does not hold up the rest. */
const statementsAtOnce = 4;
/** So many are settled in one statement. */
const mostTogether = 16;

/** What one that waited is told: that it leads the next statement, that it is to go alone, or what came of it. */
type News = "lead" | "alone" | SettleOutcome;

interface Waiting {
  readonly settlement: SettledUpdate;
  tell(news: News): void;
}

/**
 * Settles events, each at once while there are few. In a burst those that wait for their turn are settled by one
 * statement, which costs the database little more than one of them; where that fails, each goes alone.
 */
export function createSettling(sql: SqlRunner): (settlement: Settlement) => Promise<SettleOutcome> {
  let waiting: Waiting[] = [];
  let running = 0;

  async function takeTurn(settlement: SettledUpdate): Promise<SettleOutcome> {
    if (running < statementsAtOnce) running += 1;
    else {
      const news = await new Promise<News>((tell) => waiting.push({ settlement, tell }));
      if (news === "alone") return settleEvent(sql, settlement);
      if (news !== "lead") return news;
    }
    try {
      return await lead(settlement);
    } finally {
      passOn();
    }
  }

  async function lead(settlement: SettledUpdate): Promise<SettleOutcome> {
    const others = takeOthers(settlement);
    if (others.length === 0) return settleEvent(sql, settlement);
    const all = [settlement, ...others.map((one) => one.settlement)];
    const outcomes = await settleTogether(sql, all).catch(() => []);
    for (const [index, { tell }] of others.entries()) tell(outcomes[index + 1] ?? "alone");
    return outcomes[0] ?? settleEvent(sql, settlement);
  }

  /** Those that can be settled with this one: a statement can write a row but once. */
  function takeOthers(settlement: SettledUpdate): readonly Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const keys = new Set(keysOf(settlement));
    for (const one of waiting) {
      const own = keysOf(one.settlement);
      const fits = taken.length < mostTogether - 1 && !own.some((key) => keys.has(key));
      (fits ? taken : left).push(one);
      if (fits) for (const key of own) keys.add(key);
    }
    waiting = left;
    return taken;
  }

  function passOn(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next.tell("lead");
  }

  return (settlement) => (isUpdate(settlement) ? takeTurn(settlement) : settleEvent(sql, settlement));
}

function isUpdate(settlement: Settlement): settlement is SettledUpdate {
  return settlement.save !== null && settlement.save.expectedRevision !== null;
}

function keysOf({ head, save }: SettledUpdate): readonly string[] {
  return [
    `event ${head.provider} ${head.id}`,
    `subscription ${save.subscription.provider} ${save.subscription.id}`,
  ];
}
