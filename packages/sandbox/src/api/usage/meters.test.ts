import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect, refusal } from "../../../test/connect.js";

const now = new Date("2026-03-10T12:00:00Z");
const at = (text: string): number => Date.parse(text) / 1000;
type Formula = "count" | "last" | "sum";

const metered = async (
  formula: Formula = "sum",
  more: Partial<Stripe.Billing.MeterCreateParams> = {},
): Promise<Connected & { meter: Stripe.Billing.Meter; customer: string }> => {
  const connected = await connect({ clock: () => now });
  const { stripe } = connected;
  const meter = await stripe.billing.meters.create({
    display_name: "Messages",
    event_name: "message",
    default_aggregation: { formula },
    ...more,
  });
  const customer = await stripe.customers.create({ name: "Ada" });
  return { ...connected, meter, customer: customer.id };
};

const report = (stripe: Stripe, customer: string, value: string, timestamp: number, identifier?: string) =>
  stripe.billing.meterEvents.create({
    event_name: "message",
    payload: { stripe_customer_id: customer, value },
    timestamp,
    ...(identifier ? { identifier } : {}),
  });

const range = { start_time: at("2026-03-09T00:00:00Z"), end_time: at("2026-03-11T00:00:00Z") };

describe("meters", () => {
  it.each<[Formula, number, number[]]>([
    ["sum", 9.5, [7, 2.5]],
    ["count", 3, [2, 1]],
    ["last", 3, [3, 2.5]],
  ])("aggregate by %s over a time and over each day of it", async (formula, whole, days) => {
    const { stripe, meter, customer } = await metered(formula);
    await report(stripe, customer, "3", at("2026-03-10T11:00:00Z"));
    await report(stripe, customer, "4", at("2026-03-10T09:00:00Z"));
    await report(stripe, customer, "2.5", at("2026-03-09T00:00:00Z"));
    await report(stripe, customer, "100", at("2026-03-08T23:59:59Z"));
    const one = await stripe.billing.meters.listEventSummaries(meter.id, { customer, ...range });
    expect(one.data.map((row) => row.aggregated_value)).toEqual([whole]);
    const daily = await stripe.billing.meters.listEventSummaries(meter.id, {
      customer,
      ...range,
      value_grouping_window: "day",
    });
    expect(daily.data.map((row) => row.aggregated_value)).toEqual(days);
  });

  it("count only the last report of each hour when sums were made beforehand", async () => {
    const { stripe, meter, customer } = await metered("sum", { event_time_window: "hour" });
    await report(stripe, customer, "3", at("2026-03-10T11:00:00Z"));
    await report(stripe, customer, "5", at("2026-03-10T11:30:00Z"));
    await report(stripe, customer, "7", at("2026-03-10T10:59:59Z"));
    const { data } = await stripe.billing.meters.listEventSummaries(meter.id, { customer, ...range });
    expect(data[0]?.aggregated_value).toBe(12);
  });

  it.each([
    [{ start_time: at("2026-03-09T00:00:30Z") }, "start_time"],
    [{ start_time: at("2026-03-09T00:30:00Z"), value_grouping_window: "hour" as const }, "start_time"],
    [{ end_time: at("2026-03-10T01:00:00Z"), value_grouping_window: "day" as const }, "end_time"],
    [{ end_time: at("2026-03-09T00:00:00Z") }, "end_time"],
    [{ customer: "cus_none" }, "customer"],
  ])("refuse a summary of %j", async (more, param) => {
    const { stripe, meter, customer } = await metered();
    const asked = stripe.billing.meters.listEventSummaries(meter.id, { customer, ...range, ...more });
    expect((await refusal(asked)).param).toBe(param);
  });

  it("refuse a repeated identifier within a day, and a time out of reach", async () => {
    const { stripe, customer } = await metered();
    const time = at("2026-03-10T11:00:00Z");
    const event = await report(stripe, customer, "1", time, "once");
    expect(event).toMatchObject({ object: "billing.meter_event", identifier: "once", timestamp: time });
    expect((await refusal(report(stripe, customer, "1", time, "once"))).param).toBe("identifier");
    const early = report(stripe, customer, "1", at("2026-02-03T11:59:59Z"));
    expect((await refusal(early)).code).toBe("timestamp_too_far_in_past");
    const late = report(stripe, customer, "1", at("2026-03-10T12:06:00Z"));
    expect((await refusal(late)).code).toBe("timestamp_in_future");
  });

  it("take back what is cancelled", async () => {
    const { stripe, meter, customer } = await metered();
    await report(stripe, customer, "5", at("2026-03-10T11:00:00Z"), "wrong");
    await report(stripe, customer, "2", at("2026-03-10T11:00:00Z"));
    const fields = { event_name: "message", type: "cancel", cancel: { identifier: "wrong" } } as const;
    const adjusted = await stripe.billing.meterEventAdjustments.create(fields);
    expect(adjusted).toMatchObject({ object: "billing.meter_event_adjustment", status: "pending" });
    const { data } = await stripe.billing.meters.listEventSummaries(meter.id, { customer, ...range });
    expect(data[0]?.aggregated_value).toBe(2);
    expect((await refusal(stripe.billing.meterEventAdjustments.create(fields))).code).toBe(
      "resource_missing",
    );
  });

  it.each([
    [{ stripe_customer_id: "cus_none", value: "1" }, "meter_event_customer_not_found"],
    [{ value: "1" }, "meter_event_no_customer_defined"],
    [{ value: "many" }, "meter_event_invalid_value"],
    [{ value: "1234567890123456" }, "meter_event_value_too_many_digits"],
  ])("report an event with %j later", async (payload, code) => {
    const { stripe, meter, customer } = await metered();
    const known = code.startsWith("meter_event_customer") || code.includes("no_customer");
    await stripe.billing.meterEvents.create({
      event_name: "message",
      payload: known ? payload : { stripe_customer_id: customer, ...payload },
    });
    const { data } = await stripe.v2.core.events.list({ types: ["v1.billing.meter.error_report_triggered"] });
    expect(data).toHaveLength(1);
    const [event] = data;
    if (event?.type !== "v1.billing.meter.error_report_triggered") throw new Error("another event");
    expect(event.related_object.id).toBe(meter.id);
    expect(event.data.reason.error_types[0]?.code).toBe(code);
  });

  it("refuse an event that no meter listens to, which the second API reports later", async () => {
    const { stripe, customer } = await metered();
    const event = { event_name: "other", payload: { stripe_customer_id: customer } };
    const { message } = await refusal(stripe.billing.meterEvents.create(event));
    expect(message).toBe('No active meter found for event name "other".');
    await stripe.v2.billing.meterEvents.create(event);
    const { data } = await stripe.v2.core.events.list({ types: ["v1.billing.meter.no_meter_found"] });
    expect(data).toHaveLength(1);
  });

  it("are created, renamed, stopped and started with their events", async () => {
    const { stripe, meter } = await metered();
    const same = {
      display_name: "Other",
      event_name: "message",
      default_aggregation: { formula: "sum" },
    } as const;
    expect((await refusal(stripe.billing.meters.create(same))).param).toBe("event_name");
    await stripe.billing.meters.update(meter.id, { display_name: "Texts" });
    expect((await stripe.billing.meters.deactivate(meter.id)).status_transitions.deactivated_at).toBe(
      at(now.toISOString()),
    );
    expect((await stripe.billing.meters.list({ status: "inactive" })).data).toHaveLength(1);
    expect((await stripe.billing.meters.reactivate(meter.id)).status).toBe("active");
    const { data } = await stripe.events.list();
    expect(data.filter((event) => event.type.startsWith("billing.meter")).map((event) => event.type)).toEqual(
      [
        "billing.meter.reactivated",
        "billing.meter.deactivated",
        "billing.meter.updated",
        "billing.meter.created",
      ],
    );
  });

  it("take events of the second API, and of its stream with a session's token", async () => {
    const { stripe, meter, customer, sandbox } = await metered();
    const event = { event_name: "message", payload: { stripe_customer_id: customer, value: "2" } };
    const one = await stripe.v2.billing.meterEvents.create({ ...event, timestamp: "2026-03-10T11:00:00Z" });
    expect(one).toMatchObject({ object: "v2.billing.meter_event", timestamp: "2026-03-10T11:00:00.000Z" });
    const session = await stripe.v2.billing.meterEventSession.create();
    const send = () =>
      stripe.v2.billing.meterEventStream.create(
        { events: [event, { ...event, identifier: "twice" }, { ...event, identifier: "twice" }] },
        { apiKey: session.authentication_token },
      );
    await send();
    const { data } = await stripe.billing.meters.listEventSummaries(meter.id, { customer, ...range });
    expect(data[0]?.aggregated_value).toBe(6);
    sandbox.advance(new Date("2026-03-10T12:16:00Z"));
    expect((await refusal(send())).rawType).toBe("temporary_session_expired");
  });
});
