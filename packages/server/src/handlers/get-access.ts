import { defineHandler } from "../http/define-handler.js";
import { respondWithEdgeToken } from "../http/respond-with-edge-token.js";

/** GET /access: what the signed-in customer may use now, and the edge token if the app wants one. */
export const getAccess = defineHandler({
  role: "identified",
  run: async ({ context, identity }) =>
    respondWithEdgeToken(context, identity, await context.access.of(identity)),
});
