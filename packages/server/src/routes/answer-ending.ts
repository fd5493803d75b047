import type { EndingResponse } from "@tollgate/core/contract";
import type { Identity } from "../context/identity.js";
import type { EndingResult } from "../endings/carry-out-ending.js";
import type { RouteParts } from "./define-handler.js";
import { respondWithEdgeToken } from "./respond-with-edge-token.js";

/** What became of a wish, with the access that follows from it at once. */
export async function answerEnding(
  parts: RouteParts,
  identity: Identity,
  { outcome, refunded }: EndingResult,
): Promise<EndingResponse | Response> {
  const { access, signEdgeToken } = parts;
  const { state } = await access.refresh(identity);
  const body = { outcome, refunded, access: state };
  if (signEdgeToken === null) return body;
  return respondWithEdgeToken(parts, await access.decide(identity), body);
}
