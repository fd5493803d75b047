import * as z from "zod";
import type { Routes } from "./route.js";

/** The body of POST /webhook/:provider. */
export const webhookResponse = z.strictObject({ received: z.literal(true) });
export type WebhookResponse = z.infer<typeof webhookResponse>;

export const webhookRoutes = {
  "POST /webhook/:provider": {
    name: "webhook",
    does: "takes in the provider's events",
    who: "signature",
    asksProvider: true,
    params: { provider: "stripe" },
    response: webhookResponse,
    refuses: ["not_found"],
  },
} as const satisfies Routes;
