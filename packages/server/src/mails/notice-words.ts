import type { DunningEndedData } from "@tollgate/core";
import { englishUsage, germanUsage, type UsageFacts } from "./usage-words.js";

/** What a mail's sentences are made of, written as its reader writes it. */
interface NoticeFacts {
  /** What the customer pays for. */
  readonly product: string;
  readonly amount: string;
  readonly since: string;
  readonly nextAttempt: string | null;
  readonly graceEnd: string | null;
  readonly final: boolean;
}

/** The same about a card that runs out. */
interface ExpiringFacts {
  readonly product: string;
  readonly card: string;
  /** The last month in which it can be charged. */
  readonly month: string;
  readonly renewal: string;
}

/** The same about a new price. */
interface NewPriceFacts {
  readonly product: string;
  readonly old: string;
  readonly next: string;
  /** The first day at it. */
  readonly from: string;
}

/** What a mail says: its subject, and its paragraphs in order. */
export interface NoticeText {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

/** One language. */
export interface NoticeWords {
  readonly failed: (facts: NoticeFacts) => NoticeText;
  readonly recovered: (facts: Pick<NoticeFacts, "product" | "amount">) => NoticeText;
  readonly ended: (
    facts: Pick<NoticeFacts, "product" | "amount" | "since">,
    outcome: DunningEndedData["outcome"],
  ) => NoticeText;
  readonly expiring: (facts: ExpiringFacts) => NoticeText;
  readonly newPrice: (facts: NewPriceFacts) => NoticeText;
  readonly usage: (facts: UsageFacts) => NoticeText;
  /** What the link to another card is called. */
  readonly update: string;
  /** What the link to their plan is called. */
  readonly manage: string;
}

const english: NoticeWords = {
  update: "Update your payment method",
  manage: "See your plan",
  usage: englishUsage,
  failed: ({ product, amount, since, nextAttempt, graceEnd, final }) => ({
    subject: `${final ? "Last reminder: your" : "Your"} payment for ${product} failed`,
    paragraphs: [
      `We could not collect ${amount} for ${product}. The payment failed on ${since}.`,
      nextAttempt === null
        ? "There will be no further attempt by itself."
        : `The next attempt is on ${nextAttempt}.`,
      graceEnd === null
        ? "Your plan is closed until this is paid."
        : `Everything keeps working until ${graceEnd}; then your plan closes until this is paid.`,
      ...(final ? ["This is the last reminder."] : []),
      "Please check your card, or enter another one:",
    ],
  }),
  expiring: ({ product, card, month, renewal }) => ({
    subject: `Your card for ${product} expires soon`,
    paragraphs: [
      `Your card ${card} for ${product} is valid until the end of ${month}. The next payment is on ${renewal}.`,
      "So that nothing is interrupted, please enter another one in time:",
    ],
  }),
  newPrice: ({ product, old, next, from }) => ({
    subject: `The price of ${product} changes on ${from}`,
    paragraphs: [
      `A renewal of ${product} costs ${old} until then, and ${next} from ${from} on, before discounts and taxes.`,
      "What you have paid for stays as it is, and there is nothing to do. If you would rather not continue, cancel before that day:",
    ],
  }),
  recovered: ({ product, amount }) => ({
    subject: `Your payment for ${product} arrived`,
    paragraphs: [
      `We have received ${amount} for ${product}. Everything is settled; there is nothing left to do.`,
    ],
  }),
  ended: ({ product, amount, since }, outcome) => ({
    subject: `${product}: ${englishEnds[outcome].subject}`,
    paragraphs: [
      `The payment of ${amount} for ${product} failed on ${since}.`,
      englishEnds[outcome].sentence,
    ],
  }),
};

type Ends = Readonly<
  Record<DunningEndedData["outcome"], { readonly subject: string; readonly sentence: string }>
>;

const englishEnds: Ends = {
  unpaid: {
    subject: "your plan is closed",
    sentence: "There will be no further attempt, and your plan is closed until it is paid.",
  },
  paused: {
    subject: "your subscription is paused",
    sentence: "There will be no further attempt, and your subscription is paused.",
  },
  ended: {
    subject: "your subscription has ended",
    sentence:
      "There will be no further attempt, and your subscription has ended. You can subscribe again at any time.",
  },
  cancelled: {
    subject: "your subscription has ended",
    sentence: "Your subscription was cancelled before it was paid, and has ended.",
  },
};

const german: NoticeWords = {
  update: "Zahlungsmittel aktualisieren",
  manage: "Ihr Tarif",
  usage: germanUsage,
  newPrice: ({ product, old, next, from }) => ({
    subject: `Der Preis für ${product} ändert sich am ${from}`,
    paragraphs: [
      `Eine Verlängerung von ${product} kostet bis dahin ${old} und ab dem ${from} ${next}, vor Rabatten und Steuern.`,
      "Was Sie bezahlt haben, bleibt, wie es ist, und Sie müssen nichts tun. Möchten Sie nicht dabeibleiben, kündigen Sie vor diesem Tag:",
    ],
  }),
  failed: ({ product, amount, since, nextAttempt, graceEnd, final }) => ({
    subject: `${final ? "Letzte Erinnerung: " : ""}Ihre Zahlung für ${product} ist fehlgeschlagen`,
    paragraphs: [
      `Wir konnten ${amount} für ${product} nicht einziehen. Die Zahlung ist am ${since} fehlgeschlagen.`,
      nextAttempt === null
        ? "Von selbst wird kein weiterer Versuch unternommen."
        : `Der nächste Versuch erfolgt am ${nextAttempt}.`,
      graceEnd === null
        ? "Ihr Tarif ist gesperrt, bis der Betrag bezahlt ist."
        : `Bis zum ${graceEnd} funktioniert alles weiter; danach ist Ihr Tarif gesperrt, bis der Betrag bezahlt ist.`,
      ...(final ? ["Dies ist die letzte Erinnerung."] : []),
      "Bitte prüfen Sie Ihre Karte oder hinterlegen Sie eine andere:",
    ],
  }),
  expiring: ({ product, card, month, renewal }) => ({
    subject: `Ihre Karte für ${product} läuft bald ab`,
    paragraphs: [
      `Ihre Karte ${card} für ${product} ist bis Ende ${month} gültig. Die nächste Zahlung ist am ${renewal}.`,
      "Damit nichts unterbrochen wird, hinterlegen Sie bitte rechtzeitig eine andere:",
    ],
  }),
  recovered: ({ product, amount }) => ({
    subject: `Ihre Zahlung für ${product} ist eingegangen`,
    paragraphs: [
      `Wir haben ${amount} für ${product} erhalten. Damit ist alles erledigt, Sie müssen nichts weiter tun.`,
    ],
  }),
  ended: ({ product, amount, since }, outcome) => ({
    subject: `${product}: ${germanEnds[outcome].subject}`,
    paragraphs: [
      `Die Zahlung von ${amount} für ${product} ist am ${since} fehlgeschlagen.`,
      germanEnds[outcome].sentence,
    ],
  }),
};

const germanEnds: Ends = {
  unpaid: {
    subject: "Ihr Tarif ist gesperrt",
    sentence:
      "Es wird kein weiterer Versuch unternommen, und Ihr Tarif ist gesperrt, bis der Betrag bezahlt ist.",
  },
  paused: {
    subject: "Ihr Abonnement ist pausiert",
    sentence: "Es wird kein weiterer Versuch unternommen, und Ihr Abonnement ist pausiert.",
  },
  ended: {
    subject: "Ihr Abonnement ist beendet",
    sentence:
      "Es wird kein weiterer Versuch unternommen, und Ihr Abonnement ist beendet. Sie können jederzeit ein neues abschließen.",
  },
  cancelled: {
    subject: "Ihr Abonnement ist beendet",
    sentence: "Ihr Abonnement wurde gekündigt, bevor der Betrag bezahlt war, und ist beendet.",
  },
};

const languages: Readonly<Record<string, NoticeWords>> = { en: english, de: german };

/** The words for a locale, with the locale that dates and amounts are written in: English where there are none. */
export function wordsFor(locale: string): { readonly words: NoticeWords; readonly locale: string } {
  const [language = ""] = locale.toLowerCase().split(/[-_]/);
  const words = Object.hasOwn(languages, language) ? languages[language] : undefined;
  if (words === undefined) return { words: english, locale: "en" };
  const [known = language] = Intl.DateTimeFormat.supportedLocalesOf([locale.replaceAll("_", "-")]);
  return { words, locale: known };
}
