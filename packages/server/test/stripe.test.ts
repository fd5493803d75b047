import { describeProviderConformance, type ProviderDriver } from "@tollgate/core/testing";
import { type Sandbox, startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { stripe } from "../src/providers/stripe/index.js";

describeProviderConformance("stripe", {
  setup: async () => {
    const sandbox = await startSandbox();
    const { secretKey, webhookSecret, url: apiBase } = sandbox;
    return {
      provider: stripe({ secretKey, webhookSecret, apiBase }),
      driver: driveSandbox(sandbox),
      close: () => sandbox.close(),
    };
  },
});

/** Plays the person who pays, the dashboard and the network. */
function driveSandbox(sandbox: Sandbox): ProviderDriver {
  const { hostname, port } = new URL(sandbox.url);
  const dashboard = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
  const sign = (payload: string, secret: string, at: Date) =>
    new Headers({
      "stripe-signature": Stripe.webhooks.generateTestHeaderString({
        payload,
        secret,
        timestamp: Math.floor(at.getTime() / 1000),
      }),
    });
  return {
    now: sandbox.now,
    payCheckout: async (id) => expectStatus(await pay(sandbox, id, "4242 4242 4242 4242"), 303),
    declineCheckout: async (id) => expectStatus(await pay(sandbox, id, "4000 0000 0000 0002"), 402),
    async cancelAtPeriodEnd(id) {
      await dashboard.subscriptions.update(id, { cancel_at_period_end: true });
    },
    async renew(id) {
      const { items } = await dashboard.subscriptions.retrieve(id);
      // Stripe finalizes and charges a renewal an hour after it.
      sandbox.advance(new Date(((items.data[0]?.current_period_end ?? 0) + 7_200) * 1_000));
    },
    async undoCancel(id) {
      await dashboard.subscriptions.update(id, { cancel_at_period_end: false });
    },
    async declinePayments(id) {
      const { customer } = await dashboard.subscriptions.retrieve(id);
      const { id: card } = await dashboard.paymentMethods.attach("pm_card_chargeCustomerFail", {
        customer: String(customer),
      });
      await dashboard.subscriptions.update(id, { default_payment_method: card });
    },
    async chargedTo(customer) {
      const charges = await dashboard.charges.list({ customer, limit: 100 });
      return charges.data.reduce((sum, { amount_captured }) => sum + amount_captured, 0);
    },
    async makeInvoice(customer, amount) {
      const { data } = await dashboard.customers.listPaymentMethods(customer);
      const card = data[0]?.id ?? "";
      const terms = { customer, auto_advance: false, default_payment_method: card };
      const { id: invoice } = await dashboard.invoices.create(terms);
      await dashboard.invoiceItems.create({ customer, invoice, amount, currency: "usd" });
      await dashboard.invoices.finalizeInvoice(invoice, { auto_advance: false });
      return { invoiceId: invoice };
    },
    async addCard(customer) {
      const { id } = await dashboard.paymentMethods.attach("pm_card_mastercard", { customer });
      return { paymentMethodId: id };
    },
    async endNow(id) {
      await dashboard.subscriptions.cancel(id);
    },
    async deleteCustomer(id) {
      await dashboard.customers.del(id);
    },
    async dispute(customer) {
      const charge = (await dashboard.charges.list({ customer, limit: 1 })).data[0]?.id ?? "";
      const kind = "dispute_product_not_received";
      await dashboard.rawRequest("POST", `/v1/sandbox/charges/${charge}/dispute`, { kind });
      return (await dashboard.disputes.list({ charge })).data[0]?.id ?? "";
    },
    async refundedTo(customer) {
      const charges = await dashboard.charges.list({ customer, limit: 100 });
      return charges.data.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0);
    },
    async subscribeByHand(customer) {
      const lookup_keys = ["tollgate:plan:starter:month:usd"];
      const [price] = (await dashboard.prices.list({ lookup_keys })).data;
      if (price === undefined) throw new Error("The starter plan has no price.");
      const items = [{ price: price.id }];
      const terms = { customer, items, payment_behavior: "default_incomplete" } as const;
      const { id } = await dashboard.subscriptions.create(terms);
      return { subscriptionId: id };
    },
    async makeCoupon() {
      return (await dashboard.coupons.create({ percent_off: 20, duration: "forever" })).id;
    },
    async makePromotionCode() {
      const coupon = await dashboard.coupons.create({ percent_off: 20, duration: "forever" });
      const promotion = { type: "coupon", coupon: coupon.id } as const;
      return (await dashboard.promotionCodes.create({ promotion })).code;
    },
    async subscribeToSomethingElse(customer) {
      const product = await dashboard.products.create({ name: "Something else" });
      const price = await dashboard.prices.create({
        product: product.id,
        currency: "usd",
        unit_amount: 100,
        recurring: { interval: "month" },
      });
      const { id } = await dashboard.subscriptions.create({
        customer,
        items: [{ price: price.id }],
        payment_behavior: "default_incomplete",
      });
      return { subscriptionId: id };
    },
    async deliveredEvents() {
      return sandbox.events().map((event) => {
        const payload = JSON.stringify(event);
        const headers = sign(payload, sandbox.webhookSecret, new Date(event.created * 1000));
        return { body: new TextEncoder().encode(payload), headers };
      });
    },
    async sign({ body, at, secret }) {
      const payload = new TextDecoder().decode(body);
      return sign(payload, secret === "ours" ? sandbox.webhookSecret : "whsec_of_a_stranger", at);
    },
  };
}

async function pay(sandbox: Sandbox, checkoutId: string, number: string): Promise<Response> {
  const form = new FormData();
  const fields = { number, expiry: "12 / 34", cvc: "123", name: "Ada Lovelace" };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return fetch(`${sandbox.url}/c/pay/${checkoutId}`, { method: "POST", body: form, redirect: "manual" });
}

async function expectStatus(response: Response, status: number): Promise<void> {
  if (response.status === status) return;
  throw new Error(`The page answered ${response.status}, not ${status}: ${await response.text()}`);
}
