import { createCustomerSession } from "../../engine/customers/customer-session.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { route } from "../params/route.js";

/** `/v1/customer_sessions` */
export const customerSessionRoutes = [
  route("POST /v1/customer_sessions", ["components", "customer"], ({ world, ctx, params }) => {
    const { components, customer } = params;
    if (customer === undefined)
      throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
    return createCustomerSession(world, ctx, { components, customer });
  }),
];
