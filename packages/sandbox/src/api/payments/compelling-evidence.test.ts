import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startSandbox } from "../../node/start-sandbox.js";

const day = 86_400_000;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => new Date("2026-01-01T00:00:00Z") });
  const { hostname, port } = new URL(sandbox.url);
  stripe = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
});
afterAll(() => sandbox.close());

async function charge(token = "pm_card_visa"): Promise<string> {
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 900, currency: "usd", confirm: true, payment_method: token },
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
  return String(intent.latest_charge);
}
async function dispute(of: string): Promise<Stripe.Dispute> {
  await stripe.rawRequest("POST", `/v1/sandbox/charges/${of}/dispute`, { kind: "dispute_fraudulent" });
  const [found] = (await stripe.disputes.list({ charge: of })).data;
  if (!found) throw new Error("There is a dispute.");
  return found;
}
const wait = (days: number) => sandbox.advance(new Date(sandbox.now().getTime() + days * day));

// https://docs.stripe.com/disputes/api/visa-ce3
it("says whether Visa's rules apply, and what they still ask for", async () => {
  const first = await charge();
  const none = await dispute(await charge("pm_card_mastercard"));
  expect(none.enhanced_eligibility_types).toEqual([]);
  await wait(30);
  const second = await charge();
  await wait(100);
  const young = await dispute(await charge());
  expect(young.enhanced_eligibility_types).toEqual([]);
  await wait(30);
  const { id, evidence_details, enhanced_eligibility_types } = await dispute(await charge());
  expect(enhanced_eligibility_types).toEqual(["visa_compelling_evidence_3"]);
  expect(evidence_details.enhanced_eligibility.visa_compelling_evidence_3).toEqual({
    status: "requires_action",
    required_actions: [
      "missing_customer_identifiers",
      "missing_disputed_transaction_description",
      "missing_merchandise_or_services",
      "missing_prior_undisputed_transactions",
    ],
  });
  const who = { customer_account_id: "org_1", customer_purchase_ip: "203.0.113.7" };
  const update = (priors: object) =>
    stripe.disputes.update(id, {
      submit: false,
      evidence: {
        enhanced_evidence: {
          visa_compelling_evidence_3: {
            disputed_transaction: { ...who, merchandise_or_services: "services", product_description: "Pro" },
            prior_undisputed_transactions: [first, second].map((one) => ({ charge: one, ...priors })),
          },
        },
      },
    });
  const weak = await update({ customer_account_id: "org_1" });
  expect(weak.evidence_details.enhanced_eligibility.visa_compelling_evidence_3?.required_actions).toEqual([
    "missing_customer_identifiers",
    "missing_prior_undisputed_transaction_description",
  ]);
  const whole = await update({ ...who, product_description: "Pro" });
  expect(whole.evidence_details.enhanced_eligibility.visa_compelling_evidence_3).toEqual({
    status: "qualified",
    required_actions: [],
  });
});
