import type { Cast, Outcome } from "./cast.js";
import { dunningToTheEnd, failsThenRecovers, needsAuthentication } from "./failures.js";
import { dispute, disputeLost, disputeWon, refund } from "./money-back.js";
import { planSwitch } from "./plan-switch.js";
import { cardExpires, renewal, trialEnds } from "./renewals.js";

/** Something that happens to a subscription sooner or later. */
export type Scenario = {
  title: string;
  /** What happens, in a sentence. */
  tells: string;
  play(cast: Cast): Promise<Outcome>;
};

/** Every scenario, by the name that `play` takes. */
export const scenarios = {
  renewal: {
    title: "Renewal",
    tells: "The next period begins and is paid.",
    play: renewal,
  },
  renewal_fails_then_recovers: {
    title: "Renewal fails, then recovers",
    tells: "A renewal is declined, the customer saves another card, and the next retry is paid.",
    play: failsThenRecovers,
  },
  dunning_to_the_end: {
    title: "Dunning to the end",
    tells: "A renewal is declined at every retry, until the subscription ends as the settings say.",
    play: dunningToTheEnd,
  },
  renewal_needs_authentication: {
    title: "3-D Secure at renewal",
    tells: "A renewal wants 3-D Secure; the customer comes back, completes it, and it is paid.",
    play: needsAuthentication,
  },
  card_expires: {
    title: "Card expires",
    tells: "The card that pays expires, and the next renewal fails for it.",
    play: cardExpires,
  },
  trial_ends: {
    title: "Trial ends",
    tells: "The trial's end is announced three days before; then it ends and the first period is charged.",
    play: trialEnds,
  },
  plan_switch: {
    title: "Plan switch",
    tells: "The plan is switched now, and the difference is charged at once.",
    play: planSwitch,
  },
  refund: {
    title: "Refund",
    tells: "The newest payment is given back.",
    play: refund,
  },
  dispute: {
    title: "Dispute",
    tells: "The newest payment is disputed as fraudulent and waits for evidence.",
    play: dispute,
  },
  dispute_won: {
    title: "Dispute, won",
    tells: "The newest payment is disputed; evidence convinces the bank, and the money comes back.",
    play: disputeWon,
  },
  dispute_lost: {
    title: "Dispute, lost",
    tells: "The newest payment is disputed and given up: the money is gone.",
    play: disputeLost,
  },
} as const satisfies Record<string, Scenario>;

/** What `play` can play. */
export type ScenarioName = keyof typeof scenarios;

/** Every name, in the order in which they are shown. */
export const scenarioNames = Object.keys(scenarios) as ScenarioName[];

/** Whether a scenario has this name. */
export const isScenario = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name);
