import type { Sandbox, StripeEvent } from "@tollgate/sandbox";
import type Stripe from "stripe";
import type { Billing } from "../src/index.js";
import { expectContract } from "./expect-contract.js";

export const appUrl = "https://app.example.com";

export interface CallOptions {
  /** Who is signed in; nobody by default. */
  readonly as?: string;
  readonly role?: "manager" | "member";
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly billing?: Pick<Billing, "handler">;
}

export interface DeliveryOptions {
  /** @default the provider's */
  readonly secret?: string;
  /** When it was signed, by the machine's clock, as the provider does. @default now */
  readonly at?: Date;
  /** Replaces the signature. */
  readonly signature?: string | null;
  /** Changes the bytes after they were signed. */
  readonly tamper?: (payload: string) => string;
  readonly billing?: Pick<Billing, "handler">;
  /** To which provider's webhook. @default "stripe" */
  readonly to?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test names what it expects of a body
  readonly body: any;
}

/** Tests sign in with a header, where an app reads its session. */
export function readIdentity(request: Request) {
  const id = request.headers.get("x-user");
  if (id === null) return null;
  const role = request.headers.get("x-role") === "member" ? ("member" as const) : ("manager" as const);
  const email = request.headers.get("x-email") ?? `${id}@example.com`;
  return { id, email, name: id, role };
}

export function toRequest(method: string, path: string, { as, role, body, headers }: CallOptions): Request {
  return new Request(`${appUrl}/api/billing${path}`, {
    method,
    headers: {
      ...(as ? { "x-user": as } : {}),
      ...(role ? { "x-role": role } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

/** What the handler answers, which is always what the contract says. */
export async function send(billing: Pick<Billing, "handler">, request: Request): Promise<Answer> {
  const response = await billing.handler(request);
  const body = await response.json();
  expectContract(request, response.status, body);
  return { status: response.status, headers: response.headers, body };
}

/** The signed bytes of an event, as the provider posts them. */
export function signEvent(
  sandbox: Sandbox,
  dashboard: Stripe,
  event: StripeEvent,
  delivery: DeliveryOptions = {},
) {
  const payload = JSON.stringify(event);
  const { secret = sandbox.webhookSecret, at = new Date(), tamper = (text) => text } = delivery;
  const timestamp = Math.floor(at.getTime() / 1000);
  const signed = dashboard.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const signature = delivery.signature === undefined ? signed : delivery.signature;
  const headers: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
  if (signature !== null) headers["stripe-signature"] = signature;
  return { body: tamper(payload), headers };
}

export function toDelivery(
  sandbox: Sandbox,
  dashboard: Stripe,
  event: StripeEvent,
  delivery: DeliveryOptions,
): Request {
  const { body, headers } = signEvent(sandbox, dashboard, event, delivery);
  const { to = "stripe" } = delivery;
  return new Request(`${appUrl}/api/billing/webhook/${to}`, { method: "POST", body, headers });
}

/** A `Stripe-Signature` of the right shape that was made with nobody's secret. */
export function strangersSignature(at = new Date()): string {
  return `t=${Math.floor(at.getTime() / 1000)},v1=${"ab".repeat(32)}`;
}
