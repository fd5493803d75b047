import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { openStories } from "./ending-story.js";
import { lifeCatalog, planRemovedFromTheCatalog, quarterly } from "./life/catalog.js";
import * as changes from "./life/changed-plans.js";
import * as collecting from "./life/collecting.js";
import { createLives, type Lives, type TellLife } from "./life/lives.js";
import * as returns from "./life/returns.js";

/** A story that another file tells, with the same five assertions. */
interface ToldElsewhere {
  readonly file: string;
  readonly test: string;
}

/**
 * Every story of a life, from the first payment to the end, with the test that tells it: driven by the clock, on both
 * stores, and asserting what the provider has, what the store has, access, callbacks and money together.
 */
const stories = {
  "bought on 31 January": changes.anchoredOnThe31st,
  "an upgrade with a card that fails": changes.upgradeWithACardThatFails,
  "a downgrade, then an upgrade before it happens": changes.downgradeThenUpgradeBeforeIt,
  "a cancellation during the trial": {
    file: "cancel-stories.test.ts",
    test: "in the trial keeps it until its end, says why, and is never charged",
  },
  "a trial without a card that ends": {
    file: "pause-stories.test.ts",
    test: "a trial without a card that ended paused is resumed by adding one: the same subscription, paid at once",
  },
  "a renewal that fails, is retried and recovers": collecting.renewalThatRecovers,
  "a renewal that never recovers": collecting.renewalThatNeverDoes,
  "3-D Secure at a renewal": collecting.threeDSecureAtARenewal,
  "3-D Secure on a change": changes.threeDSecureOnAChange,
  "a coupon for three months": {
    file: "retention-stories.test.ts",
    test: "by a coupon and takes it stays, and pays the half for as long as it lasts; the next time nothing is offered",
  },
  "from a year to months": changes.yearlyToMonthly,
  "by the quarter": quarterly,
  "a refund of the latest invoice": returns.refundOfTheLatest,
  "a refund of an older invoice": returns.refundOfAnOlder,
  "a dispute that is opened and lost": returns.disputeLost,
  "a dispute that is won": returns.disputeWon,
  "a dispute that is prevented": returns.disputePrevented,
  "two currencies": collecting.twoCurrencies,
  "a plan that is removed from the catalog": planRemovedFromTheCatalog,
  "a debit that fails after days": collecting.debitThatFailsAfterDays,
  "a payment that arrives after the cancellation": collecting.paymentAfterTheCancellation,
  "a paused subscription that is changed": {
    file: "pause-stories.test.ts",
    test: "a paused collection is changed in the dashboard and cancelled here: both are kept",
  },
} as const satisfies Readonly<Record<string, TellLife | ToldElsewhere>>;

const alsoTold = [
  ...(["payment.failed", "payment.recovered", "payment.action_required", "dunning.ended"] as const),
  ...(["refund.succeeded", "dispute.opened", "dispute.closed"] as const),
];

describeEachStore("a life from the first payment to the end", (createStore) => {
  let lives: Lives;
  beforeAll(async () => {
    lives = createLives(await openStories({ store: createStore(), plans: lifeCatalog }, alsoTold));
  });
  afterAll(() => lives.world.close());

  for (const [title, tell] of Object.entries(stories)) {
    if (typeof tell === "function") test(title, () => tell(lives));
  }
});

describe("a life that another suite tells", () => {
  for (const [title, told] of Object.entries(stories)) {
    if (typeof told === "function") continue;
    test(title, () => {
      const suite = readFileSync(new URL(told.file, import.meta.url), "utf8");
      expect(suite).toContain(`test("${told.test}", async`);
      expect(suite).toContain("story.expect(");
    });
  }
});
