/** @jsxImportSource hono/jsx */

import { type Context, Hono } from "hono";
import type { CheckoutPayer } from "../../engine/checkout/completing/checkout-payer.js";
import { recoverCheckout } from "../../engine/checkout/opening/recover-checkout.js";
import { type CheckoutOutcome, payCheckoutSession } from "../../engine/paying/pay-checkout-session.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { readForm } from "../kit/read-form.js";
import { noRefusal, type Refusal } from "../payer/payer-part.js";
import { successUrl } from "../return/success-url.js";
import { changeOrder } from "./change-order.js";
import { CheckoutView } from "./checkout-view.js";
import { showClosedCheckout } from "./closed-checkout.js";
import { showEmbeddedEnd } from "./embedded-end.js";
import { type OpenCheckout, openCheckout } from "./open-checkout.js";
import { readPayer, toRefusal } from "./read-payer.js";

/** `/c/pay/:id`, where `session.url` leads, and `/embedded-checkout/:secret` for the frame of an embedded one. */
export function checkoutPages(room: SandboxRoom): Hono {
  const pages = new Hono();
  for (const place of ["/c/pay", "/embedded-checkout"] as const) {
    pages.get(`${place}/:key`, (c) => showOpen(c, room, place));
    pages.post(`${place}/:key`, (c) => submit(c, room, place));
    pages.post(`${place}/:key/order`, (c) => change(c, room, place));
  }
  pages.get("/r/:token", (c) => {
    const token = c.req.param("token").replace(/^test_/, "");
    const again = room.mutate((world, ctx) => recoverCheckout(world, ctx, token));
    return again?.url ? c.redirect(`/c/pay/${again.id}`, 303) : showClosedCheckout(c, room, "");
  });
  return pages;
}

type Place = "/c/pay" | "/embedded-checkout";

/** The session behind an address: its id, or for an embedded one its client secret. */
function idOf(c: Context, room: SandboxRoom, place: Place): string {
  const key = c.req.param("key") ?? "";
  if (place === "/c/pay") return key;
  const id = key.split("_secret_")[0] ?? "";
  return room.world.checkoutSessions[id]?.client_secret === key ? id : "";
}

function open(c: Context, room: SandboxRoom, place: Place): OpenCheckout | undefined {
  return openCheckout(room, idOf(c, room, place), {
    path: `${place}/${c.req.param("key")}`,
    embedded: place === "/embedded-checkout",
    acceptLanguage: c.req.header("accept-language"),
  });
}

function close(c: Context, room: SandboxRoom, place: Place) {
  const id = idOf(c, room, place);
  return place === "/c/pay" ? showClosedCheckout(c, room, id) : showEmbeddedEnd(c, room, id);
}

function showOpen(c: Context, room: SandboxRoom, place: Place) {
  const checkout = open(c, room, place);
  if (!checkout) return close(c, room, place);
  const { text } = checkout.language;
  const failed = c.req.query("failed");
  const refusal = failed ? toRefusal({ code: failed, message: text.decline.tryAgain }, {}, text) : noRefusal;
  return show(c, checkout, refusal, 200);
}

async function submit(c: Context, room: SandboxRoom, place: Place) {
  const form = await readForm(c);
  const checkout = open(c, room, place);
  if (!checkout) return close(c, room, place);
  const read = readPayer(checkout, form, room.now());
  if ("refusal" in read) return show(c, checkout, read.refusal, 422);
  const outcome = pay(room, checkout, read.payer);
  if (outcome.status === "failed")
    return show(c, checkout, toRefusal(outcome.error, read.values, checkout.language.text), 402);
  if (outcome.status === "requires_action")
    return c.redirect(`/3ds/${outcome.intent}?back=${encodeURIComponent(checkout.path)}`, 303);
  if (checkout.embedded) return c.redirect(checkout.path, 303);
  return c.redirect(successUrl(checkout.session), 303);
}

async function change(c: Context, room: SandboxRoom, place: Place) {
  const form = await readForm(c);
  const checkout = open(c, room, place);
  if (!checkout) return close(c, room, place);
  const refusal = changeOrder(room, checkout, form);
  return refusal ? show(c, checkout, refusal, 422) : c.redirect(checkout.path, 303);
}

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
