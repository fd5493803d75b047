import type { UsageThresholdData } from "@tollgate/core";

/** What a mail about use is made of, written as its reader writes it. */
export interface UsageFacts {
  /** What the customer pays for. */
  readonly product: string;
  /** What is used: the feature's name. */
  readonly feature: string;
  readonly percent: string;
  readonly used: string;
  readonly limit: string;
  /** Whether no more is left of what is told of. */
  readonly isAll: boolean;
  readonly overage: UsageThresholdData["overage"];
  /** `null`: it is about what is included. `money`: what the use may cost. */
  readonly cap: { readonly money: string | null; readonly raisedBy: "manager" | "app" } | null;
  /** The day on which the count starts again; `null`: never. */
  readonly reset: string | null;
}

interface UsageText {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

export function englishUsage(facts: UsageFacts): UsageText {
  const { product, feature, percent, used, limit, isAll, overage, cap, reset } = facts;
  const of = cap === null ? `what ${product} includes of ${feature}` : `your cap on ${feature}`;
  const beyond = {
    billed: "What is used beyond that is billed.",
    allowed: "It can be used beyond that, too.",
    ended: reset === null ? "No more of it can be used." : "No more of it can be used until then.",
  }[cap === null ? (overage ?? "ended") : "ended"];
  const raise = {
    manager: "Whoever manages your billing can raise the cap.",
    app: "Reply to this message if you need more.",
  };
  return {
    subject: `${product}: ${percent} of ${feature} used`,
    paragraphs: [
      cap === null
        ? `You have used ${percent} of ${of}: ${used} of ${limit}.`
        : `You have used ${percent} of ${of} beyond what ${product} includes${cap.money === null ? "" : `, which is ${cap.money}`}: ${used} of ${limit} in all.`,
      ...(reset === null ? [] : [`The count starts again on ${reset}.`]),
      ...(isAll ? [beyond] : []),
      ...(cap === null ? [] : [raise[cap.raisedBy]]),
    ],
  };
}

export function germanUsage(facts: UsageFacts): UsageText {
  const { product, feature, percent, used, limit, isAll, overage, cap, reset } = facts;
  const beyond = {
    billed: "Was darüber hinausgeht, wird berechnet.",
    allowed: "Sie können auch darüber hinaus weitermachen.",
    ended: reset === null ? "Mehr davon ist nicht möglich." : "Bis dahin ist mehr davon nicht möglich.",
  }[cap === null ? (overage ?? "ended") : "ended"];
  const raise = {
    manager: "Wer Ihre Abrechnung verwaltet, kann die Obergrenze anheben.",
    app: "Antworten Sie auf diese Nachricht, wenn Sie mehr brauchen.",
  };
  return {
    subject: `${product}: ${percent} von ${feature} verbraucht`,
    paragraphs: [
      cap === null
        ? `Sie haben ${percent} dessen verbraucht, was ${product} von ${feature} enthält: ${used} von ${limit}.`
        : `Sie haben ${percent} Ihrer Obergrenze für ${feature} über das hinaus erreicht, was ${product} enthält${cap.money === null ? "" : ` (${cap.money})`}: insgesamt ${used} von ${limit}.`,
      ...(reset === null ? [] : [`Am ${reset} beginnt die Zählung von vorn.`]),
      ...(isAll ? [beyond] : []),
      ...(cap === null ? [] : [raise[cap.raisedBy]]),
    ],
  };
}
