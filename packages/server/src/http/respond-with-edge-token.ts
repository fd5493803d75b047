import type { BillingContext } from "../billing-context.js";
import type { Identity } from "../identity.js";
import { respond } from "./respond.js";

/** An answer that brings the edge token up to date, where the app wants one. */
export async function respondWithEdgeToken(
  { access, signEdgeToken }: BillingContext,
  identity: Identity,
  body: unknown,
): Promise<Response> {
  if (signEdgeToken === null) return respond(body);
  const { state, changesAt } = await access.decide(identity);
  const cookie = await signEdgeToken(state, changesAt);
  return respond(body, cookie === null ? {} : { headers: { "set-cookie": cookie } });
}
