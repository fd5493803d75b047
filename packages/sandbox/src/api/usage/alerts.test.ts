import { beforeEach, describe, expect, it } from "vitest";
import { type Connected, connect, refusal } from "../../../test/connect.js";

let shop: Connected;
let meter: string;
let ada: string;
let bob: string;

beforeEach(async () => {
  shop = await connect();
  const { billing, customers } = shop.stripe;
  const made = await billing.meters.create({
    display_name: "Calls",
    event_name: "call",
    default_aggregation: { formula: "sum" },
  });
  meter = made.id;
  ada = (await customers.create()).id;
  bob = (await customers.create()).id;
});

const use = (stripe_customer_id: string, value: number | string) =>
  shop.stripe.billing.meterEvents.create({
    event_name: "call",
    payload: { stripe_customer_id, value: String(value) },
  });

const alert = (gte: number, customer?: string) =>
  shop.stripe.billing.alerts.create({
    alert_type: "usage_threshold",
    title: "Many calls",
    usage_threshold: {
      gte,
      meter,
      recurrence: "one_time",
      ...(customer ? { filters: [{ type: "customer", customer }] } : {}),
    },
  });

const triggered = () =>
  shop.sandbox
    .events()
    .flatMap(({ type, data }) =>
      type === "billing.alert.triggered" ? [[data.object.customer, data.object.value]] : [],
    );

describe("alerts about usage", () => {
  it("go off once for each customer, when the usage reaches the value", async () => {
    const { id } = await alert(100);
    await use(ada, 60);
    await use(bob, 99.5);
    expect(triggered()).toEqual([]);
    await use(ada, 40);
    await use(ada, 400);
    await use(bob, 1.25);
    expect(triggered()).toEqual([
      [ada, 100],
      [bob, 100.75],
    ]);
    const event = shop.sandbox.events().find(({ type }) => type === "billing.alert.triggered");
    expect(event?.data.object).toMatchObject({
      object: "billing.alert_triggered",
      alert: { id, title: "Many calls" },
    });
  });

  it("look at one customer only, if asked to", async () => {
    await alert(10, bob);
    await use(ada, 50);
    await use(bob, 50);
    expect(triggered()).toEqual([[bob, 50]]);
  });

  it("count only what is reported after they are made", async () => {
    await use(ada, 99);
    await alert(100);
    await use(ada, 99);
    expect(triggered()).toEqual([]);
    await use(ada, 1);
    expect(triggered()).toEqual([[ada, 100]]);
  });

  it("are silent while they are inactive, and forever once archived", async () => {
    const { id } = await alert(10);
    const { alerts } = shop.stripe.billing;
    expect((await alerts.deactivate(id)).status).toBe("inactive");
    await use(ada, 50);
    expect(triggered()).toEqual([]);
    expect((await alerts.activate(id)).status).toBe("active");
    await use(ada, 50);
    expect(triggered()).toEqual([[ada, 50]]);
    expect((await alerts.archive(id)).status).toBe("archived");
    expect((await alerts.list({ meter })).data).toEqual([]);
    expect((await refusal(alerts.activate(id))).statusCode).toBe(400);
  });

  it.each([
    ["usage_threshold[meter]", { gte: 1, meter: "mtr_none" }],
    ["usage_threshold[gte]", { gte: 0 }],
    [
      "usage_threshold[filters][0][customer]",
      { gte: 1, filters: [{ type: "customer" as const, customer: "cus_none" }] },
    ],
  ] satisfies [string, object][])("are refused for a wrong %s", async (param, threshold) => {
    const made = shop.stripe.billing.alerts.create({
      alert_type: "usage_threshold",
      title: "Wrong",
      usage_threshold: { meter, recurrence: "one_time", ...threshold },
    });
    expect((await refusal(made)).param).toBe(param);
  });

  it("are listed, found, and shown with their meter", async () => {
    const { id } = await alert(10);
    const found = await shop.stripe.billing.alerts.retrieve(id, { expand: ["usage_threshold.meter"] });
    expect(found.usage_threshold?.meter).toMatchObject({ id: meter, event_name: "call" });
    expect((await shop.stripe.billing.alerts.list()).data.map((row) => row.id)).toEqual([id]);
  });
});
