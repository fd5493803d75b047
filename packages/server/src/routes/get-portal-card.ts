import { BillingError } from "@tollgate/core";
import { respond } from "../http/respond.js";
import { defineHandler, type Handler } from "./define-handler.js";
import { openPortal } from "./post-portal.js";

const sendOn = defineHandler("GET /portal/card", async ({ parts, open, identity }) => {
  const returnUrl = `${parts.appOrigin}/`;
  const { url } = await openPortal(await open(), identity, { returnUrl, flow: "update_payment_method" });
  return redirectTo(url);
});

/**
 * GET /portal/card: where a mail's link to another card leads, days later too. The portal is opened when somebody
 * comes. A browser of somebody who is not signed in, or may not manage billing, gets to the app, which knows what to do
 * with them.
 */
export const getPortalCard: Handler = async (request, call) => {
  try {
    return await sendOn(request, call);
  } catch (error) {
    const isVisit = request.headers.get("sec-fetch-mode") === "navigate";
    if (!isVisit || !(error instanceof BillingError) || error.status >= 500) throw error;
    call.parts.logger.info(
      { code: error.code },
      "Somebody followed a link to another card, and was sent to the app",
    );
    return redirectTo(`${call.parts.appOrigin}/`);
  }
};

function redirectTo(url: string): Response {
  return respond({ url }, { status: 303, headers: { location: url } });
}
