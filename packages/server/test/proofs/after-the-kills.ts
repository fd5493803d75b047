import type { Sandbox } from "@tollgate/sandbox";
import type { Pool } from "pg";
import type Stripe from "stripe";
import { expect, vi } from "vitest";

/** Waits until every webhook is through and nothing is left to do. */
export async function untilQuiet(sandbox: Sandbox, pool: Pool): Promise<void> {
  await vi.waitFor(
    async () => {
      await sandbox.settled();
      const late = sandbox.deliveries().filter(({ state }) => state === "pending");
      expect(late.length, "webhooks under way").toBe(0);
      const { rows } = await pool.query(
        `SELECT (SELECT count(*) FROM tollgate.events WHERE state IN ('received', 'failed', 'unmatched'))
              + (SELECT count(*) FROM tollgate.callbacks WHERE state = 'waiting') AS left`,
      );
      expect(Number(rows[0]?.left), "events and callbacks left").toBe(0);
    },
    { timeout: 100_000, interval: 500 },
  );
}

/** The provider's customers of each user. */
export async function customersOf(
  stripe: Stripe,
  users: readonly string[],
): Promise<readonly { user: string; ids: readonly string[] }[]> {
  const found: { user: string; ids: readonly string[] }[] = [];
  for (const user of users) {
    const { data } = await stripe.customers.list({ email: `${user}@example.com` });
    found.push({ user, ids: data.map(({ id }) => id) });
  }
  return found;
}

/** What this customer has, or paid, twice. */
export async function doubledPurchases(stripe: Stripe, customer: string): Promise<string[]> {
  const { data: running } = await stripe.subscriptions.list({ customer });
  const { data: sessions } = await stripe.checkout.sessions.list({ customer, status: "complete" });
  const products = sessions.filter(({ mode }) => mode === "payment");
  const found: string[] = [];
  if (running.length > 1) found.push(`${running.length} running subscriptions`);
  if (products.length > 1) found.push(`${products.length} paid products`);
  const { data: open } = await stripe.checkout.sessions.list({ customer, status: "open" });
  if (open.length > 1) found.push(`${open.length} open checkouts`);
  return found;
}

/** What was bought without the app having been told. */
export async function untoldPurchases(
  stripe: Stripe,
  pool: Pool,
  user: string,
  customer: string,
): Promise<string[]> {
  const { rows } = await pool.query("SELECT DISTINCT type FROM told WHERE customer_id = $1", [user]);
  const told = rows.map(({ type }) => type);
  const { data: sessions } = await stripe.checkout.sessions.list({ customer, status: "complete" });
  const wanted = sessions.map(({ mode }) =>
    mode === "payment" ? "product.purchased" : "subscription.activated",
  );
  return wanted.filter((type) => !told.includes(type));
}

const oursOnly = /^(customer\.subscription\.|checkout\.session\.completed)/;

/** Events of the provider that the inbox does not have as settled. */
export async function lostEvents(sandbox: Sandbox, pool: Pool): Promise<string[]> {
  const { rows } = await pool.query(
    "SELECT id FROM tollgate.events WHERE state IN ('applied', 'stale', 'ignored')",
  );
  const settled = new Set(rows.map(({ id }) => id));
  const sent = sandbox.events().filter(({ type }) => oursOnly.test(type));
  return sent.filter(({ id }) => !settled.has(id)).map(({ id, type }) => `${id} ${type}`);
}
