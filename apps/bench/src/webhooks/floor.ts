import { createHmac, timingSafeEqual } from "node:crypto";
import type { Pool } from "pg";
import Stripe from "stripe";
import { openPool, runOn } from "../postgres/databases.js";
import type { Contender, ContenderSettings, Quantity } from "./contender.js";

export const tables = `
CREATE TABLE events (id text PRIMARY KEY, received_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE subscriptions (
  id text PRIMARY KEY,
  customer text NOT NULL,
  status text NOT NULL,
  price text NOT NULL,
  quantity integer NOT NULL,
  period_end timestamptz NOT NULL,
  cancel_at timestamptz,
  told_at timestamptz NOT NULL
);
CREATE INDEX ON subscriptions (customer);
`;

/** In two parts, so that more can be said about what was upserted. */
export const claim = "claimed AS (INSERT INTO events (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id)";
export const upsert = `
INSERT INTO subscriptions AS stored (id, customer, status, price, quantity, period_end, cancel_at, told_at)
SELECT $2, $3, $4, $5, $6::integer, to_timestamp($7), to_timestamp($8), to_timestamp($9) FROM claimed
ON CONFLICT (id) DO UPDATE SET
  customer = excluded.customer, status = excluded.status, price = excluded.price,
  quantity = excluded.quantity, period_end = excluded.period_end, cancel_at = excluded.cancel_at,
  told_at = excluded.told_at
WHERE stored.told_at < excluded.told_at`;

/** The least that could be correct: verify, then one statement that claims the event and upserts if newer. */
export async function openFloor(settings: ContenderSettings): Promise<Contender> {
  await runOn(settings.databaseUrl, tables);
  return receive(settings, openPool(settings.databaseUrl), `WITH ${claim} ${upsert}`, () => undefined);
}

/** @param applied Called after each event. */
export function receive(
  { webhookSecret }: Pick<ContenderSettings, "webhookSecret">,
  pool: Pool,
  statement: string,
  applied: () => void,
): Contender {
  return {
    path: "/webhook",
    version: Stripe.API_VERSION,
    async handle(request) {
      const body = await request.text();
      if (!verify(body, request.headers.get("stripe-signature") ?? "", webhookSecret)) {
        return new Response("{}", { status: 400 });
      }
      const { id, created, data } = JSON.parse(body) as Stripe.CustomerSubscriptionUpdatedEvent;
      const { object } = data;
      const [item] = object.items.data;
      const { price, quantity, current_period_end } = item ?? {};
      const { customer, status, cancel_at } = object;
      const what = [
        id,
        object.id,
        customer,
        status,
        price?.id,
        quantity,
        current_period_end,
        cancel_at,
        created,
      ];
      await pool.query({ name: "apply", text: statement, values: what });
      applied();
      return Response.json({ received: true });
    },
    async readQuantities(ids) {
      const text = "SELECT id, quantity FROM subscriptions WHERE id = ANY($1)";
      return (await pool.query<Quantity>(text, [ids])).rows;
    },
  };
}

function verify(body: string, header: string, secret: string): boolean {
  const [, time, given] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (time === undefined || given === undefined) return false;
  const expected = createHmac("sha256", secret).update(`${time}.${body}`).digest();
  const isRecent = Math.abs(Date.now() / 1000 - Number(time)) <= 300;
  return isRecent && timingSafeEqual(expected, Buffer.from(given, "hex"));
}
