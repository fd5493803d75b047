import type { Context } from "hono";
import type { Billing } from "../billing/billing.js";
import { createMissingBody } from "./create-missing-body.js";

/**
 * Mounts billing in Hono 4, on any runtime. A middleware that has read the body with `c.req.text()`, `c.req.json()` or
 * the like is no trouble: Hono keeps the bytes.
 *
 * @example
 * app.all("/api/billing/*", toHonoHandler(billing));
 */
export function toHonoHandler(billing: Pick<Billing, "handler">): (c: Context) => Promise<Response> {
  return async ({ req }) => billing.handler(await toUnreadRequest(req));
}

async function toUnreadRequest(req: Context["req"]): Promise<Request> {
  const { raw, bodyCache } = req;
  if (!raw.bodyUsed) return raw;
  const { url, method, headers, signal } = raw;
  const isExact = ["text", "arrayBuffer", "blob"].some((kind) => kind in bodyCache);
  // Hono serialises what was parsed again: the same JSON, not the same bytes.
  const isEnough = isExact || ("json" in bodyCache && !req.path.includes("/webhook/"));
  const body = isEnough ? await req.arrayBuffer() : createMissingBody(fix);
  // Node wants `duplex` for a body that streams; the DOM's types don't know it.
  const init: RequestInit & { duplex: "half" } = { method, headers, signal, body, duplex: "half" };
  return new Request(url, init);
}

const fix =
  "Read it with c.req.text() or c.req.json(), which keep it, not through c.req.raw or c.req.formData(), or " +
  "mount toHonoHandler(billing) before whatever reads it.";
