import { expect, test } from "vitest";
import { connect, payer, refusal } from "../../../test/connect.js";

test("lets a browser use what a customer saved, for half an hour", async () => {
  const { sandbox, stripe } = await connect();
  const customer = await payer(stripe);
  const session = await stripe.customerSessions.create({
    customer: customer.id,
    components: { payment_element: { enabled: true, features: { payment_method_redisplay: "enabled" } } },
  });
  expect(session).toMatchObject({
    object: "customer_session",
    customer: customer.id,
    expires_at: session.created + 1800,
    components: {
      payment_element: {
        enabled: true,
        features: {
          payment_method_allow_redisplay_filters: ["always"],
          payment_method_redisplay_limit: 3,
          payment_method_remove: "disabled",
          payment_method_save: "disabled",
        },
      },
      pricing_table: { enabled: false },
    },
  });
  const ask = () =>
    fetch(`${sandbox.url}/v1/elements/sessions?customer_session_client_secret=${session.client_secret}`, {
      headers: { authorization: `Bearer ${sandbox.publishableKey}` },
    });
  const shown = async () =>
    ((await (await ask()).json()) as { customer: { payment_methods: object[] } }).customer;
  expect((await shown()).payment_methods).toEqual([]);
  const [saved] = (await stripe.customers.listPaymentMethods(customer.id)).data;
  await stripe.paymentMethods.update(saved?.id ?? "", { allow_redisplay: "always" });
  expect((await shown()).payment_methods).toMatchObject([{ id: saved?.id }]);
  await sandbox.advance(new Date(sandbox.now().getTime() + 31 * 60_000));
  expect((await ask()).status).toBe(400);
});

test("refuses a session without a component, and features that contradict each other", async () => {
  const { stripe } = await connect();
  const { id: customer } = await stripe.customers.create();
  const none = stripe.customerSessions.create({
    customer,
    components: { pricing_table: { enabled: false } },
  });
  expect((await refusal(none)).param).toBe("components");
  const usage = stripe.customerSessions.create({
    customer,
    components: {
      payment_element: { enabled: true, features: { payment_method_save_usage: "off_session" } },
    },
  });
  expect((await refusal(usage)).param).toContain("payment_method_save_usage");
});
