import type { DunningNoticeData, PriceChangeCallbackData, UsageThresholdData } from "@tollgate/core";
import { describe, expect, it } from "vitest";
import { dunningMails, type NoticeMail } from "./dunning-mails.js";
import { priceChangeMails } from "./price-change-mails.js";
import { type RenderedNotice, renderNotice } from "./render-notice.js";
import { usageMails } from "./usage-mails.js";

const data: DunningNoticeData = {
  ...{ customerId: "org_1", planId: "pro", provider: "stripe", subscriptionId: "sub_1", invoiceId: "in_1" },
  ...{
    amount: 2950,
    currency: "eur",
    attempts: 1,
    since: "2026-12-21T23:30:00.000Z",
    noticed: 0,
    final: false,
  },
  ...{ nextAttemptAt: "2026-12-24T23:30:00.000Z", graceEndsAt: "2026-12-28T23:30:00.000Z" },
  updateUrl: "https://app.example.com/card?a=1&b=2",
};
const expiring = {
  ...{
    customerId: "org_1",
    planId: "pro",
    provider: "stripe",
    subscriptionId: "sub_1",
    paymentMethodId: "pm_1",
  },
  ...{ brand: "visa", last4: "4242", expiresAt: "2027-01-01T00:00:00.000Z", renewsAt: data.since },
  updateUrl: data.updateUrl,
};
const render = (own: Partial<DunningNoticeData>, locale?: string, timeZone?: string) =>
  renderNotice(
    { type: "dunning.notice", data: { ...data, ...own } },
    { productName: "Acme Pro", ...(locale && { locale }), ...(timeZone && { timeZone }) },
  );

it("says in English what happened, what comes next and what to do", () => {
  expect(
    render({}).text,
  ).toBe(`We could not collect €29.50 for Acme Pro. The payment failed on December 21, 2026.

The next attempt is on December 24, 2026.

Everything keeps working until December 28, 2026; then your plan closes until this is paid.

Please check your card, or enter another one:

Update your payment method: https://app.example.com/card?a=1&b=2
`);
});

it("says it in German, in the reader's own time zone", () => {
  const { subject, text, html } = render({ final: true, graceEndsAt: null }, "de-AT", "Europe/Vienna");
  expect(subject).toBe("Letzte Erinnerung: Ihre Zahlung für Acme Pro ist fehlgeschlagen");
  expect(text).toContain("am 22. Dezember 2026 fehlgeschlagen");
  expect(text).toContain("Ihr Tarif ist gesperrt, bis der Betrag bezahlt ist.");
  expect(text).toContain("Dies ist die letzte Erinnerung.");
  expect(html).toContain('<html lang="de-AT">');
});

it.each([
  ["jpy", 800, "en", "¥800"],
  ["kwd", 3500, "en", "KWD\u00a03.500"],
  ["isk", 1200, "de", "1.200\u00a0ISK"],
  ["usd", 2900, "de", "29\u00a0$"],
])("writes an amount in %s as its currency does", (currency, amount, locale, expected) => {
  expect(render({ currency, amount }, locale).text).toContain(expected);
});

it("names the card that runs out by its last digits, and its last month", () => {
  const notice = { type: "payment_method.expiring", data: expiring } as const;
  expect(renderNotice(notice, { productName: "Acme Pro" }).text).toContain(
    "Your card Visa ••4242 for Acme Pro is valid until the end of December 2026. The next payment is on December 21, 2026.",
  );
  expect(renderNotice(notice, { productName: "Acme Pro", locale: "de" }).text).toContain(
    "bis Ende Dezember 2026",
  );
});

const newPrice: PriceChangeCallbackData = {
  customerId: "org_1",
  provider: "stripe",
  subscriptionId: "sub_1",
  migrationId: "pro-2027",
  previousPlanId: "pro",
  planId: "pro",
  interval: "month",
  quantity: 1,
  currency: "eur",
  oldAmount: 2900,
  newAmount: 4500,
  effectiveAt: "2027-03-31T10:00:00.000Z",
  manageUrl: "https://app.example.com/plan",
};

it("says what a renewal costs, what it will cost and from when, in English and German", async () => {
  const sent: NoticeMail[] = [];
  for (const locale of ["en", "de"]) {
    const on = priceChangeMails({
      productName: "Acme Pro",
      reader: () => ({ to: "ada@example.com", locale }),
      sendMail: (mail) => sent.push(mail),
    });
    await on["price_change.announced"](newPrice, { id: "one" });
  }
  const [english, german] = sent;
  expect(english?.subject).toBe("The price of Acme Pro changes on March 31, 2027");
  expect(english?.text).toMatch(/costs €29(\.00)? until then, and €45(\.00)? from March 31, 2027 on/);
  expect(english?.text).toContain("See your plan: https://app.example.com/plan");
  expect(german?.subject).toBe("Der Preis für Acme Pro ändert sich am 31. März 2027");
  expect(german?.text).toMatch(/bis dahin 29(,00)?\s€ und ab dem 31. März 2027 45(,00)?\s€/);
  expect(german).toMatchObject({ to: "ada@example.com", id: "one" });
});

it.each(["fr", "xx-invalid-locale-tag", "", "__proto__"])(
  "writes English where it has no words (%s)",
  (locale) => {
    expect(render({}, locale).text).toContain("We could not collect €29.50");
  },
);

const used: UsageThresholdData = {
  ...{ customerId: "org_1", feature: "messages", name: "Messages", planId: "pro", percent: 80, of: "limit" },
  ...{ used: 8_004, limit: 10_000, overage: "billed", cap: null },
  period: { startsAt: "2026-12-01T00:00:00.000Z", endsAt: "2027-01-01T00:00:00.000Z" },
};
const capped: UsageThresholdData = {
  ...{ ...used, of: "cap", percent: 100, used: 15_000, limit: 15_000 },
  cap: { setBy: "customer", raisedBy: "manager", money: { amount: 10_000, currency: "eur" } },
};

it("says how much was used of what, until when, and what becomes of more, in English and German", async () => {
  const sent: NoticeMail[] = [];
  for (const locale of ["en", "de"]) {
    const reader = () => ({ to: "ada@example.com", locale });
    const on = usageMails({ productName: "Acme Pro", reader, sendMail: (mail) => sent.push(mail) });
    await on["usage.threshold_reached"](used, { id: "one" });
    await on["usage.threshold_reached"]({ ...used, percent: 100, used: 10_001 }, { id: "two" });
    await on["usage.threshold_reached"](capped, { id: "three" });
  }
  const texts = sent.map(({ text }) => text.trim().split("\n\n"));
  expect(texts.slice(0, 3)).toEqual([
    [
      "You have used 80% of what Acme Pro includes of Messages: 8,004 of 10,000.",
      "The count starts again on January 1, 2027.",
    ],
    [
      "You have used 100% of what Acme Pro includes of Messages: 10,001 of 10,000.",
      "The count starts again on January 1, 2027.",
      "What is used beyond that is billed.",
    ],
    [
      expect.stringMatching(
        /100% of your cap on Messages beyond .* which is €100(\.00)?: 15,000 of 15,000 in all/,
      ),
      "The count starts again on January 1, 2027.",
      "No more of it can be used until then.",
      "Whoever manages your billing can raise the cap.",
    ],
  ]);
  expect(texts[3]?.[0]).toMatch(
    /80\s% dessen verbraucht, was Acme Pro von Messages enthält: 8\.004 von 10\.000/,
  );
  expect(texts[5]?.at(-1)).toBe("Wer Ihre Abrechnung verwaltet, kann die Obergrenze anheben.");
  expect(sent.map(({ id }) => id).slice(0, 3)).toEqual(["one", "two", "three"]);
});

/** What a reader sees of the HTML, a link's address included. */
const seen = (html: string) =>
  (/<body[^>]*>([\s\S]*)<\/body>/.exec(html)?.[1] ?? "")
    .replaceAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, "$2: $1")
    .replaceAll(/<\/?(p|div)\b[^>]*>/g, "")
    .replaceAll("&amp;", "&")
    .trim()
    .split("\n");

it("loads nothing from anywhere, follows the reader's colours, and breaks no style out of its attribute", () => {
  const { html } = render({});
  expect(html).not.toMatch(/\ssrc=|url\(|<link|<script/);
  expect(html).toContain('<meta name="color-scheme" content="light dark">');
  expect(html.match(/style="[^"<>]*;?[^"<>]*"/g)?.length).toBe(html.match(/style=/g)?.length);
});

describe.each(["en", "de"])("in %s", (locale) => {
  const style = { productName: "Acme Pro", locale };
  const ended = { ...data, endedAt: data.since };
  it.each<readonly [string, RenderedNotice]>([
    ["a notice", renderNotice({ type: "dunning.notice", data }, style)],
    [
      "no further attempt",
      renderNotice({ type: "dunning.notice", data: { ...data, nextAttemptAt: null } }, style),
    ],
    [
      "all is well",
      renderNotice({ type: "payment.recovered", data: { ...data, recoveredAt: data.since } }, style),
    ],
    ["what was used", renderNotice({ type: "usage.threshold_reached", data: used }, style)],
    ["a cap", renderNotice({ type: "usage.threshold_reached", data: capped }, style)],
    ["a card runs out", renderNotice({ type: "payment_method.expiring", data: expiring }, style)],
    ...(["unpaid", "paused", "ended", "cancelled"] as const).map((outcome) => {
      return [outcome, renderNotice({ type: "dunning.ended", data: { ...ended, outcome } }, style)] as const;
    }),
  ])("both bodies say the same, and nothing is left out: %s", (_name, { subject, text, html }) => {
    expect(seen(html)).toEqual(text.trim().split("\n\n"));
    expect(`${subject}${text}`).not.toMatch(/undefined|null|NaN|\$\{/);
  });
});

it("escapes what the app says, and begins no header with it", () => {
  const productName = '<img src=x onerror="alert(1)">\r\nBcc: all@example.com';
  const { subject, html } = renderNotice({ type: "dunning.notice", data }, { productName });
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).not.toContain("<img");
  expect(html).toContain("https://app.example.com/card?a=1&amp;b=2");
});

describe("which mails are sent", () => {
  const sent: NoticeMail[] = [];
  const on = dunningMails({
    productName: "Acme Pro",
    reader: (customerId) => (customerId === "org_1" ? { to: "ada@example.com" } : null),
    sendMail: (mail) => sent.push(mail),
  });
  const id = { id: "in_1:dunning.notice:0" };
  const recovered = { ...data, recoveredAt: data.since };
  const ended = { ...data, endedAt: data.since };
  it.each([
    ["a notice", () => on["dunning.notice"](data, id), 1],
    ["one that nobody reads", () => on["dunning.notice"]({ ...data, customerId: "org_2" }, id), 0],
    ["that all is well", () => on["payment.recovered"](recovered, id), 1],
    [
      "not that what nobody heard of is well",
      () => on["payment.recovered"]({ ...recovered, noticed: null }, id),
      0,
    ],
    ["the end", () => on["dunning.ended"]({ ...ended, outcome: "ended" }, id), 1],
    [
      "not the end to whoever cancelled",
      () => on["dunning.ended"]({ ...ended, outcome: "cancelled" }, id),
      0,
    ],
  ])("%s", async (_name, tell, expected) => {
    sent.length = 0;
    await tell();
    expect(sent).toHaveLength(expected);
    for (const mail of sent) expect(mail).toMatchObject({ to: "ada@example.com", id: id.id });
  });
});
