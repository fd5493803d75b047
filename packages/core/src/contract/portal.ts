import * as z from "zod";
import { url } from "./fields.js";
import type { Routes } from "./route.js";

/** The body of POST /portal. */
export const portalRequest = z.strictObject({
  /** Where "back" leads. @default "/" */
  returnUrl: url,
  /** What the portal opens with. @default its start page */
  flow: z.enum(["cancel", "update_payment_method", "switch_plan"]).optional(),
});
export type PortalRequest = z.input<typeof portalRequest>;

/** The body of POST /portal: send the person to `url`. */
export const portalResponse = z.strictObject({ url: z.url() });
export type PortalResponse = z.infer<typeof portalResponse>;

export const portalRoutes = {
  "POST /portal": {
    name: "portal",
    does: "opens the provider's own billing pages where the person wants to act; send them to `url`",
    who: "manager",
    asksProvider: true,
    limit: "sessions",
    body: portalRequest,
    examples: [
      {},
      { returnUrl: "/account" },
      { flow: "cancel" },
      { flow: "switch_plan" },
      { flow: "update_payment_method" },
    ],
    response: portalResponse,
    refuses: [
      "invalid_return_url",
      "not_a_customer",
      "nothing_to_manage",
      "not_supported",
      "price_not_pushed",
    ],
  },
  "GET /portal/card": {
    name: "portalCard",
    does: "for links in mails: sends a manager on to where another card is entered, and everybody else who follows the link to the app",
    who: "manager",
    asksProvider: true,
    isVisited: true,
    redirects: true,
    limit: "sessions",
    response: portalResponse,
    refuses: ["not_a_customer", "nothing_to_manage", "not_supported", "price_not_pushed"],
  },
} as const satisfies Routes;
