import type { AccessState, IsoTime } from "@tollgate/core";
import { respond } from "../http/respond.js";
import type { RouteParts } from "./define-handler.js";

/** An answer that brings the edge token up to date with what was decided, where the app wants one. */
export async function respondWithEdgeToken(
  { signEdgeToken }: Pick<RouteParts, "signEdgeToken">,
  decided: { readonly state: AccessState; readonly changesAt: IsoTime | null },
  body: unknown,
): Promise<Response> {
  const cookie = (await signEdgeToken?.(decided.state, decided.changesAt)) ?? null;
  return respond(body, cookie === null ? {} : { headers: { "set-cookie": cookie } });
}
