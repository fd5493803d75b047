import { needCustomerSession, redisplayedMethods } from "../../engine/customers/customer-session.js";
import { detachPaymentMethod } from "../../engine/methods/payment-method.js";
import { need } from "../../engine/world/find.js";
import { invalidRequest, missing } from "../../engine/world/stripe-error.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import { accepted, required, text } from "../params/fields.js";
import { ownRoute } from "../params/route.js";

const secret = { customer_session_client_secret: required(text()) };
const open = { publishable: true };

/** `/v1/elements`: what Stripe.js asks for a PaymentElement of a known customer. Stripe does not document it. */
export const elementsSessionRoutes = [
  ownRoute(
    "GET",
    "/v1/elements/sessions",
    { ...secret, type: accepted(), locale: accepted(), client_secret: accepted() },
    ({ world, ctx, params }) => {
      const session = needCustomerSession(world, ctx, params.customer_session_client_secret);
      return {
        id: `elements_session_${ctx.ids.secret(11)}`,
        object: "elements_session",
        customer: {
          customer_session: session,
          payment_methods: redisplayedMethods(world, session),
        },
      };
    },
    open,
  ),
  // The client secret of the customer session is proof enough; the address names no intent.
  ownRoute(
    "POST",
    "/v1/elements/payment_methods/:child/detach",
    secret,
    ({ world, ctx, child, params }) => {
      const session = needCustomerSession(world, ctx, params.customer_session_client_secret);
      if (session.components?.payment_element.features?.payment_method_remove !== "enabled")
        throw invalidRequest("This customer session does not let payment methods be removed.");
      const method = need(world.paymentMethods, "PaymentMethod", child);
      if (method.customer !== session.customer) throw missing("PaymentMethod", child);
      return detachPaymentMethod(world, atCustomer(world, ctx, session.customer as string), child);
    },
    open,
  ),
];
