import type { Delivery, Sandbox, StripeEvent } from "@tollgate/sandbox";
import type { Pool } from "pg";
import type Stripe from "stripe";

/** Without any progress for this long, something hangs. In milliseconds. */
const patienceMs = 60_000;

/**
 * Waits until every webhook is through and nothing is left to do, for as long as there is progress: how long that takes
 * depends on what was done and on what else the machine is doing.
 *
 * @throws when nothing moved for a minute, with a list of what is left
 */
export async function untilQuiet(sandbox: Sandbox, pool: Pool): Promise<void> {
  let seen = "";
  let movedAt = performance.now();
  for (;;) {
    const { left, progress } = await lookAround(sandbox, pool);
    if (left.length === 0) return;
    if (progress !== seen) movedAt = performance.now();
    seen = progress;
    if (performance.now() - movedAt > patienceMs) {
      throw new Error(`Nothing has moved for ${patienceMs / 1000} s. Left:\n${left.join("\n")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** What is still to be done, one per line, and a text that changes whenever something was done. */
async function lookAround(
  sandbox: Sandbox,
  pool: Pool,
): Promise<{ readonly left: readonly string[]; readonly progress: string }> {
  const deliveries = sandbox.deliveries();
  const attempts = deliveries.reduce((sum, one) => sum + one.attempts.length, 0);
  const late = deliveries.filter(({ state }) => state === "pending");
  const { rows: events } = await pool.query(
    `SELECT id, type, state, attempts, reason FROM tollgate.events
     WHERE state IN ('received', 'failed', 'unmatched') ORDER BY position`,
  );
  const { rows: callbacks } = await pool.query(
    `SELECT position, customer_id, type, attempts FROM tollgate.callbacks
     WHERE state = 'waiting' ORDER BY position`,
  );
  const left = [
    ...late.map(describeDelivery),
    ...events.map((one) => `event ${JSON.stringify(one)}`),
    ...callbacks.map((one) => `callback ${JSON.stringify(one)}`),
  ];
  return { left, progress: JSON.stringify([attempts, left]) };
}

function describeDelivery({ eventId, eventType, url, attempts, retryInMs }: Delivery): string {
  const last = attempts.at(-1);
  const answer = last === undefined ? "not tried yet" : `${last.at} ${last.status ?? last.error}`;
  return `webhook ${eventId} ${eventType} to ${url}: ${attempts.length} tries, ${answer}, again in ${retryInMs} ms`;
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
  const products = sessions.filter(
    ({ mode, payment_status }) => mode === "payment" && payment_status === "paid",
  );
  const found: string[] = [];
  if (running.length > 1) found.push(`${running.length} running subscriptions`);
  const { data: charges } = await stripe.charges.list({ customer, expand: ["data.refunds"] });
  for (const { id, refunds } of charges)
    if ((refunds?.data.length ?? 0) > 1) found.push(`${refunds?.data.length} refunds of ${id}`);
  if (products.length > 1) found.push(`${products.length} paid products`);
  const { data: open } = await stripe.checkout.sessions.list({ customer, status: "open" });
  if (open.length > 1) found.push(`${open.length} open checkouts`);
  return found;
}

/** Which callbacks the app was told of a customer. */
export async function toldTypes(pool: Pool, user: string): Promise<readonly string[]> {
  const { rows } = await pool.query("SELECT DISTINCT type FROM told WHERE customer_id = $1", [user]);
  return rows.map(({ type }) => type);
}

/** What was bought, or failed to be, without the app having been told. */
export async function untoldPurchases(
  stripe: Stripe,
  pool: Pool,
  user: string,
  customer: string,
): Promise<string[]> {
  const told = await toldTypes(pool, user);
  const { data: sessions } = await stripe.checkout.sessions.list({ customer, status: "complete" });
  const wanted = sessions.map(({ mode, payment_status }) => {
    if (payment_status === "unpaid") return "checkout.failed";
    return mode === "payment" ? "product.purchased" : "subscription.activated";
  });
  return wanted.filter((type) => !told.includes(type));
}

const oursOnly =
  /^(customer\.subscription\.|checkout\.session\.(completed|async)|refund\.|charge\.dispute\.(created|closed))/;

/** Events of the provider that the inbox does not have as settled. */
export async function lostEvents(sandbox: Sandbox, pool: Pool): Promise<string[]> {
  const { rows } = await pool.query(
    "SELECT id FROM tollgate.events WHERE state IN ('applied', 'stale', 'ignored')",
  );
  const settled = new Set(rows.map(({ id }) => id));
  const sent = sandbox.events().filter((event) => oursOnly.test(event.type) && isNews(event));
  return sent.filter(({ id }) => !settled.has(id)).map(({ id, type }) => `${id} ${type}`);
}

/**
 * A checkout whose payment is on its way is not news yet: its end has an event of its own. Nor is a refund that only
 * gets its bank's reference.
 */
function isNews({ type, data }: StripeEvent): boolean {
  const { object, previous_attributes: before } = data;
  if (type === "refund.updated") return before !== undefined && "status" in before;
  const unpaid = "payment_status" in object && object.payment_status === "unpaid";
  return !(unpaid && type === "checkout.session.completed");
}
