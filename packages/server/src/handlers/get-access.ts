import { readAccess } from "../access/read-access.js";
import { defineHandler } from "../http/define-handler.js";

/** GET /access: what the signed-in customer may use now. */
export const getAccess = defineHandler({
  role: "identified",
  run: ({ context, identity }) => readAccess(context, identity),
});
