import { defineHandler } from "./define-handler.js";
import { respondWithEdgeToken } from "./respond-with-edge-token.js";

/** GET /access: what the signed-in customer may use now, and the edge token if the app wants one. */
export const getAccess = defineHandler("GET /access", async ({ parts, identity }) => {
  const decided = await parts.access.decide(identity);
  return respondWithEdgeToken(parts, decided, decided.state);
});
