import type { AccessResponse } from "@tollgate/core/contract";
import type { Identity } from "../context/identity.js";
import type { RouteParts } from "./define-handler.js";
import { respondWithEdgeToken } from "./respond-with-edge-token.js";

/** What became of a wish, with the access that follows from it at once. */
export async function answerEnding<A extends object>(
  parts: RouteParts,
  identity: Identity,
  answer: A,
): Promise<(A & { readonly access: AccessResponse }) | Response> {
  const { access, signEdgeToken } = parts;
  const { state } = await access.refresh(identity);
  const body = { ...answer, access: state };
  if (signEdgeToken === null) return body;
  return respondWithEdgeToken(parts, await access.decide(identity), body);
}
