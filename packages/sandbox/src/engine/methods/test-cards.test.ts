import { describe, expect, it } from "vitest";
import { connect, refusal } from "../../../test/connect.js";
import { type TestCardRow, testCardTable } from "./test-card-table.js";

const withAnswer = (answer: (behaviour: TestCardRow["behaviour"]) => boolean): TestCardRow[] =>
  testCardTable.filter(({ behaviour }) => answer(behaviour));

const pays = withAnswer(({ onCharge }) => onCharge === "ok");
const asks = withAnswer(({ onCharge }) => onCharge === "requires_action");
const declines = withAnswer(({ onCharge }) => onCharge !== "ok" && onCharge !== "requires_action");

describe("every published test card", () => {
  it("is one of those that pay, ask for 3-D Secure or are declined, under a name and a number of its own", () => {
    expect(pays.length + asks.length + declines.length).toBe(testCardTable.length);
    expect(new Set(testCardTable.map(({ number }) => number)).size).toBe(testCardTable.length);
    const names = testCardTable.flatMap((row) => row.names);
    expect(new Set(names).size).toBe(names.length);
  });

  it("pays under its token if it is one that pays", async () => {
    const { stripe } = await connect();
    for (const { names, behaviour } of pays) {
      const params = {
        amount: 500,
        currency: "usd",
        confirm: true,
        payment_method: `pm_card_${names[0]}`,
        off_session: behaviour.asksPresent ?? false,
      };
      const { status } = await stripe.paymentIntents.create(params);
      expect([names[0], status]).toEqual([names[0], "succeeded"]);
    }
  });

  it.each(declines.map(({ names, behaviour }) => [names[0], behaviour.onCharge]))(
    "is declined by its issuer: %s, %s",
    async (name, decline) => {
      const { stripe } = await connect();
      const params = { amount: 500, currency: "usd", confirm: true, payment_method: `pm_card_${name}` };
      const error = await refusal(stripe.paymentIntents.create(params));
      expect(error.statusCode).toBe(402);
      expect([error.code, error.decline_code]).toContain(decline);
    },
  );

  it.each(
    asks.map(({ names, behaviour }) => [names[0], behaviour.afterAuthentication ?? "nothing"] as const),
  )("asks for 3-D Secure: %s, and is declined after it for %s", async (name, decline) => {
    const { sandbox, stripe } = await connect();
    const params = { amount: 500, currency: "usd", confirm: true, payment_method: `pm_card_${name}` };
    const { id, status } = await stripe.paymentIntents.create(params);
    expect(status).toBe("requires_action");
    await fetch(`${sandbox.url}/v1/sandbox/intents/${id}/authenticate`, {
      method: "POST",
      headers: { authorization: `Bearer ${sandbox.secretKey}` },
      body: new URLSearchParams({ outcome: "succeed" }),
    });
    const after = await stripe.paymentIntents.retrieve(id);
    const refused = decline !== "nothing";
    expect(after.status).toBe(refused ? "requires_payment_method" : "succeeded");
    expect(after.last_payment_error?.decline_code).toBe(refused ? decline : undefined);
  });
});
