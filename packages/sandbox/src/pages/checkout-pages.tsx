/** @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import {
  type CheckoutOutcome,
  type CheckoutPayer,
  payCheckoutSession,
} from "../engine/pay-checkout-session.js";
import { StripeError } from "../engine/stripe-error.js";
import type { SandboxRoom } from "../sandbox.js";
import { CheckoutView } from "./checkout-view.js";
import { showClosedCheckout } from "./closed-checkout.js";
import { type OpenCheckout, openCheckout } from "./open-checkout.js";
import { noRefusal, type Refusal, readPayer, toRefusal } from "./read-payer.js";
import { successUrl } from "./success-url.js";

/** `GET` and `POST /c/pay/:id`: where `session.url` leads. */
export function checkoutPages(room: SandboxRoom): Hono {
  const pages = new Hono();
  pages.get("/c/pay/:id", (c) => {
    const checkout = openCheckout(room, c.req.param("id"), c.req.query("quantity"));
    if (!checkout) return showClosedCheckout(c, room, c.req.param("id"));
    const failed = c.req.query("failed");
    return show(c, checkout, failed ? toRefusal({ code: failed, message: tryAgain }, {}) : noRefusal, 200);
  });
  pages.post("/c/pay/:id", async (c) => {
    const form = await c.req.formData();
    const checkout = openCheckout(room, c.req.param("id"), form.get("quantity"));
    if (!checkout) return showClosedCheckout(c, room, c.req.param("id"));
    const read = readPayer(checkout, form, room.now());
    if ("refusal" in read) return show(c, checkout, read.refusal, 422);
    const outcome = pay(room, checkout, read.payer);
    if (outcome.status === "complete") return c.redirect(successUrl(checkout.session), 303);
    if (outcome.status === "failed") return show(c, checkout, toRefusal(outcome.error, read.values), 402);
    return c.redirect(
      `/3ds/${outcome.intent}?back=${encodeURIComponent(`/c/pay/${checkout.session.id}`)}`,
      303,
    );
  });
  return pages;
}

const tryAgain = "The payment did not go through. Try again or use another card.";

/** What the engine refuses by throwing is the page's to explain. */
function pay(room: SandboxRoom, { session }: OpenCheckout, payer: CheckoutPayer): CheckoutOutcome {
  try {
    return room.mutate((world, ctx) => payCheckoutSession(world, ctx, session.id, payer));
  } catch (error) {
    if (error instanceof StripeError) return { status: "failed", error: error.body };
    throw error;
  }
}

function show(c: Context, checkout: OpenCheckout, refusal: Refusal, status: 200 | 402 | 422) {
  return c.html(<CheckoutView {...checkout} {...refusal} />, status);
}
