import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/connect.js";
import { hours, type InProcess, inProcess, pass, receiverUrl } from "../../../test/in-process.js";

const urls = { refresh_url: "https://app.test/again", return_url: "https://app.test/back" };
const wanted = { card_payments: { requested: true }, transfers: { requested: true } };

const link = (stripe: InProcess["stripe"], account: string) =>
  stripe.accountLinks.create({ account, ...urls, type: "account_onboarding" });

const visit = (sandbox: InProcess["sandbox"], url: string, form?: Record<string, string>) =>
  sandbox.fetch(
    new Request(url, {
      redirect: "manual",
      ...(form ? { method: "POST", body: new URLSearchParams(form), headers: { origin: sandbox.url } } : {}),
    }),
  );

const form = {
  business_type: "company",
  name: "Bakery",
  url: "https://bakery.test",
  account_number: "000123456789",
};

/** A seller who has told everything that is asked. */
const onboarded = async ({ sandbox, stripe }: InProcess) => {
  const { id } = await stripe.accounts.create({ type: "express", capabilities: wanted });
  const { url } = await link(stripe, id);
  await visit(sandbox, url);
  await visit(sandbox, url, form);
  return stripe.accounts.retrieve(id);
};

// https://docs.stripe.com/connect/account-capabilities, https://docs.stripe.com/api/account_links
describe("a seller's onboarding", () => {
  it("begins with an account that may do nothing yet, and says what is missing", async () => {
    const { stripe } = inProcess();
    const account = await stripe.accounts.create({ type: "express", country: "DE", capabilities: wanted });
    expect(account).toMatchObject({
      type: "express",
      default_currency: "eur",
      charges_enabled: false,
      payouts_enabled: false,
      details_submitted: false,
      capabilities: { card_payments: "inactive", transfers: "inactive" },
      controller: { stripe_dashboard: { type: "express" }, losses: { payments: "application" } },
      requirements: { disabled_reason: "requirements.past_due" },
    });
    expect(account.requirements?.currently_due).toContain("external_account");
  });

  it("ends at the form that a link leads to, and tells the platform's Connect endpoint", async () => {
    const opened = inProcess();
    const { sandbox, stripe, letters } = opened;
    await stripe.webhookEndpoints.create({
      url: `${receiverUrl}/connect`,
      enabled_events: ["account.updated", "capability.updated"],
      connect: true,
    });
    const { id } = await stripe.accounts.create({ type: "express", capabilities: wanted });
    const { url, created, expires_at } = await link(stripe, id);
    expect(expires_at - created).toBe(300);
    const page = await visit(sandbox, url);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("Agree and submit")]);
    const back = await visit(sandbox, url, form);
    expect([back.status, back.headers.get("location")]).toEqual([303, urls.return_url]);
    expect(await stripe.accounts.retrieve(id)).toMatchObject({
      charges_enabled: true,
      payouts_enabled: true,
      details_submitted: true,
      capabilities: { card_payments: "active", transfers: "active" },
      requirements: { currently_due: [], disabled_reason: null },
      external_accounts: { data: [{ last4: "6789", status: "new" }] },
    });
    await sandbox.settled();
    const told = letters.map(({ body }) => JSON.parse(body));
    expect(told.map(({ type, account }) => [type, account])).toEqual([
      ["account.updated", id],
      ["capability.updated", id],
      ["capability.updated", id],
    ]);
    expect(told[0].data.previous_attributes).toMatchObject({ charges_enabled: false });
    expect((await stripe.accounts.retrieveCurrent({}, { stripeAccount: id })).charges_enabled).toBe(true);
  });

  it("asks again for what was typed wrong, and changes nothing", async () => {
    const { sandbox, stripe } = inProcess();
    const { id } = await stripe.accounts.create({ type: "express", capabilities: wanted });
    const { url } = await link(stripe, id);
    await visit(sandbox, url);
    const page = await visit(sandbox, url, { ...form, account_number: "?" });
    expect([page.status, await page.text()]).toEqual([422, expect.stringContaining("Check this field.")]);
    expect((await stripe.accounts.retrieve(id)).details_submitted).toBe(false);
    const later = await visit(sandbox, url, { leave: "yes" });
    expect(later.headers.get("location")).toBe(urls.return_url);
    expect((await stripe.accounts.retrieve(id)).details_submitted).toBe(false);
  });

  it.each([
    ["a second time", 0],
    ["after five minutes", hours(1)],
  ])("sends whoever opens the link %s to the address that makes another", async (_, wait) => {
    const { sandbox, stripe } = inProcess();
    const { id } = await stripe.accounts.create({ type: "express", capabilities: wanted });
    const { url } = await link(stripe, id);
    if (wait === 0) await visit(sandbox, url);
    else pass(sandbox, wait);
    const again = await visit(sandbox, url);
    expect([again.status, again.headers.get("location")]).toEqual([303, urls.refresh_url]);
  });

  it("is done by the API for an account whose platform asks itself", async () => {
    const { stripe } = inProcess();
    const { id } = await stripe.accounts.create({
      type: "custom",
      capabilities: wanted,
      business_type: "individual",
      business_profile: { mcc: "5734", url: "https://bakery.test" },
    });
    const told = await stripe.accounts.update(id, {
      individual: { first_name: "Ada", last_name: "Lovelace" },
      external_account: {
        object: "bank_account",
        country: "US",
        currency: "usd",
        routing_number: "110000000",
        account_number: "000123456789",
      },
      tos_acceptance: { date: 1_790_000_000, ip: "127.0.0.1" },
    });
    expect(told).toMatchObject({ charges_enabled: true, details_submitted: true });
    expect((await stripe.accounts.listCapabilities(id)).data.map(({ id, status }) => [id, status])).toEqual([
      ["card_payments", "active"],
      ["transfers", "active"],
    ]);
    const given = await stripe.accounts.updateCapability(id, "card_payments", { requested: false });
    expect(given.status).toBe("unrequested");
    expect((await stripe.accounts.retrieve(id)).charges_enabled).toBe(false);
  });

  it("refuses what Stripe refuses", async () => {
    const { stripe } = inProcess();
    const both = await refusal(
      stripe.accounts.create({ type: "express", controller: { losses: { payments: "stripe" } } }),
    );
    expect(both.message).toContain("mutually exclusive");
    const nobody = await refusal(link(stripe, "acct_1Nobody"));
    expect([nobody.statusCode, nobody.code, nobody.param]).toEqual([400, "resource_missing", "account"]);
    const { id } = await stripe.accounts.create({ type: "express" });
    const update = await refusal(
      stripe.accountLinks.create({ account: id, ...urls, type: "account_update" }),
    );
    expect(update.param).toBe("type");
    const { id: standard } = await stripe.accounts.create({});
    expect((await refusal(stripe.accounts.reject(standard, { reason: "other" }))).statusCode).toBe(400);
  });
});

describe("a seller's end", () => {
  it("is a rejection: nothing may be charged or paid out any more", async () => {
    const opened = inProcess();
    const { id } = await onboarded(opened);
    const rejected = await opened.stripe.accounts.reject(id, { reason: "fraud_other" });
    expect(rejected).toMatchObject({
      charges_enabled: false,
      payouts_enabled: false,
      requirements: { disabled_reason: "rejected.platform_fraud" },
    });
    expect(opened.sandbox.events(id).at(-1)?.type).toBe("capability.updated");
  });

  it("is a disconnection: the platform hears of it, and can act for it no more", async () => {
    const opened = inProcess();
    const { sandbox, stripe, letters } = opened;
    await stripe.webhookEndpoints.create({ url: receiverUrl, enabled_events: ["*"], connect: true });
    const { id } = await onboarded(opened);
    await sandbox.settled();
    letters.length = 0;
    expect(await stripe.accounts.del(id)).toMatchObject({ id, deleted: true });
    await sandbox.settled();
    expect(letters.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: "account.application.deauthorized", account: id, data: { object: { object: "application" } } },
    ]);
    expect((await refusal(stripe.customers.list({}, { stripeAccount: id }))).code).toBe("account_invalid");
  });
});
