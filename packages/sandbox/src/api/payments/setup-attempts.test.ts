import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect, refusal } from "../../../test/connect.js";

const authenticate = ({ sandbox }: Connected, intent: string, outcome: string) =>
  sandbox.fetch(
    new Request(`${sandbox.url}/v1/sandbox/intents/${intent}/authenticate`, {
      method: "POST",
      headers: { authorization: `Bearer ${sandbox.secretKey}` },
      body: new URLSearchParams({ outcome }),
    }),
  );

const attempts = async (stripe: Stripe, setup_intent: string) =>
  (await stripe.setupAttempts.list({ setup_intent })).data;

describe("attempts of a setup", () => {
  it.each([
    ["succeed", "succeeded", undefined],
    ["fail", "failed", "setup_intent_authentication_failure"],
  ])("wait for the holder, who may %s", async (outcome, status, code) => {
    const shop = await connect();
    const { id } = await shop.stripe.setupIntents.create({
      confirm: true,
      payment_method: "pm_card_authenticationRequiredOnSetup",
    });
    expect((await attempts(shop.stripe, id)).map((row) => row.status)).toEqual(["requires_action"]);
    await authenticate(shop, id, outcome);
    const [attempt, ...rest] = await attempts(shop.stripe, id);
    expect([attempt?.status, attempt?.setup_error?.code, rest]).toEqual([status, code, []]);
    const intent = await shop.stripe.setupIntents.retrieve(id, { expand: ["latest_attempt"] });
    expect(intent.latest_attempt).toMatchObject({ id: attempt?.id, setup_intent: id });
  });

  it("are all remembered, newest first", async () => {
    const { stripe } = await connect();
    const { id } = await stripe.setupIntents.create();
    const confirm = (payment_method: string) => stripe.setupIntents.confirm(id, { payment_method });
    await refusal(confirm("pm_card_chargeDeclined"));
    await confirm("pm_card_authenticationRequiredOnSetup");
    await confirm("pm_card_visa");
    const all = await attempts(stripe, id);
    expect(all.map(({ status }) => status)).toEqual(["succeeded", "abandoned", "failed"]);
    expect(all[2]?.setup_error?.decline_code).toBe("generic_decline");
  });

  it("are asked for by the setup", async () => {
    const { stripe } = await connect();
    const error = await refusal(attempts(stripe, "seti_none"));
    expect([error.code, error.param]).toEqual(["resource_missing", "setup_intent"]);
  });
});
