import { startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { expect, it } from "vitest";

it("a renewal that is declined is paid in the end", async () => {
  const sandbox = await startSandbox();
  const { hostname, port } = new URL(sandbox.url);
  const stripe = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
  const { id: customer } = await stripe.customers.create({ email: "ada@example.com" });

  const { status, events } = await sandbox.play("renewal_fails_then_recovers", { customer });

  expect(status).toBe("active");
  expect(events.map(({ type }) => type)).toContain("invoice.payment_failed");
  await sandbox.close();
});
