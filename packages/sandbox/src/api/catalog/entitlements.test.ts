import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const keysOf = async (stripe: Stripe, customer: string): Promise<string[]> =>
  (await stripe.entitlements.activeEntitlements.list({ customer })).data.map((row) => row.lookup_key);

const summaries = async (stripe: Stripe): Promise<unknown[]> => {
  const { data } = await stripe.events.list({ type: "entitlements.active_entitlement_summary.updated" });
  return data.reverse().map((event) => {
    const now = event.data.object as Stripe.Entitlements.ActiveEntitlementSummary;
    const before = event.data.previous_attributes as { entitlements: { data: { lookup_key: string }[] } };
    const keys = (rows: { lookup_key: string }[]) => rows.map((row) => row.lookup_key);
    return [keys(before.entitlements.data), keys(now.entitlements.data)];
  });
};

describe("entitlements", () => {
  it("follow a subscription and its product's features from start to end", async () => {
    const { stripe } = await connect({ clock: () => new Date("2026-03-10T12:00:00Z") });
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const product = price.product as string;
    const feature = async (key: string) =>
      stripe.entitlements.features.create({ lookup_key: key, name: key });
    const [exporting, teams] = [await feature("export"), await feature("teams")];
    await stripe.products.createFeature(product, { entitlement_feature: exporting.id });
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const [first] = (await stripe.entitlements.activeEntitlements.list({ customer: customer.id })).data;
    const attached = await stripe.products.createFeature(product, { entitlement_feature: teams.id });
    expect(await keysOf(stripe, customer.id)).toEqual(["export", "teams"]);
    const kept = await stripe.entitlements.activeEntitlements.retrieve(first?.id ?? "", {
      expand: ["feature"],
    });
    expect((kept.feature as Stripe.Entitlements.Feature).name).toBe("export");
    await stripe.products.deleteFeature(product, attached.id);
    await stripe.subscriptions.cancel(id);
    expect(await keysOf(stripe, customer.id)).toEqual([]);
    expect(await summaries(stripe)).toEqual([
      [[], ["export"]],
      [["export"], ["export", "teams"]],
      [["export", "teams"], ["export"]],
      [["export"], []],
    ]);
  });

  it("last while a payment is late, and end when the subscription does by itself", async () => {
    const { stripe, sandbox } = await connect({ clock: () => new Date("2026-03-10T12:00:00Z") });
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const { id: feature } = await stripe.entitlements.features.create({
      lookup_key: "export",
      name: "Export",
    });
    await stripe.products.createFeature(price.product as string, { entitlement_feature: feature });
    await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 7,
    });
    expect(await keysOf(stripe, customer.id)).toEqual(["export"]);
    const broken = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: customer.id,
    });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: broken.id } });
    sandbox.advance(new Date("2026-03-18T12:00:00Z"));
    expect((await stripe.subscriptions.list({ customer: customer.id })).data[0]?.status).toBe("past_due");
    expect(await keysOf(stripe, customer.id)).toEqual(["export"]);
    sandbox.advance(new Date("2026-04-05T12:00:00Z"));
    expect(await keysOf(stripe, customer.id)).toEqual([]);
    expect(await summaries(stripe)).toHaveLength(2);
  });

  it("need features that are unique, active and not yet attached", async () => {
    const { stripe } = await connect();
    const fields = { lookup_key: "export", name: "Export" };
    const { id } = await stripe.entitlements.features.create(fields);
    expect((await refusal(stripe.entitlements.features.create(fields))).param).toBe("lookup_key");
    const product = await stripe.products.create({ name: "Pro" });
    const attach = () => stripe.products.createFeature(product.id, { entitlement_feature: id });
    expect((await attach()).entitlement_feature.lookup_key).toBe("export");
    expect((await refusal(attach())).param).toBe("entitlement_feature");
    await stripe.entitlements.features.update(id, { active: false, metadata: { old: "yes" } });
    expect((await stripe.entitlements.features.list()).data).toEqual([]);
    expect((await stripe.entitlements.features.list({ archived: true })).data).toHaveLength(1);
    const other = await stripe.products.create({ name: "Max" });
    const late = stripe.products.createFeature(other.id, { entitlement_feature: id });
    expect((await refusal(late)).message).toMatch(/Inactive features/);
    expect((await stripe.products.listFeatures(product.id)).data).toHaveLength(1);
    expect((await refusal(stripe.products.retrieveFeature(other.id, "prodft_1"))).statusCode).toBe(404);
  });
});
