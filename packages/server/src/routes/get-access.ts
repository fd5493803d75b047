import { defineHandler } from "../http/define-handler.js";
import { respondWithEdgeToken } from "../http/respond-with-edge-token.js";

/** GET /access: what the signed-in customer may use now, and the edge token if the app wants one. */
export const getAccess = defineHandler("GET /access", async ({ context, identity }) => {
  const decided = await context.access.decide(identity);
  return respondWithEdgeToken(context, decided, decided.state);
});
