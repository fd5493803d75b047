/** @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { type CheckoutPayer, payCheckoutSession } from "../engine/pay-checkout-session.js";
import { StripeError, type StripeErrorBody } from "../engine/stripe-error.js";
import type { CheckoutSession } from "../engine/wire.js";
import type { SandboxRoom } from "../sandbox.js";
import { CheckoutView, type CheckoutViewProps } from "./checkout-view.js";
import { toDeclineMessage } from "./decline-message.js";
import { describeCheckout } from "./describe-checkout.js";
import { merchantName } from "./merchant-name.js";
import { MessagePage } from "./message-page.js";
import { isEmail, readCardForm } from "./read-card-form.js";
import { successUrl } from "./success-url.js";

type Refusal = Pick<CheckoutViewProps, "values" | "errors" | "failure">;

/** `GET` and `POST /c/pay/:id`: where `session.url` leads. */
export function checkoutPages(room: SandboxRoom): Hono {
  const pages = new Hono();
  pages.get("/c/pay/:id", (c) => {
    const session = findSession(room, c.req.param("id"));
    if (session?.status !== "open") return showClosed(c, room, session);
    const failed = c.req.query("failed");
    return show(
      c,
      room,
      session,
      failed ? toRefusal({ code: failed, message: fallbackMessage }, {}) : noRefusal,
      200,
    );
  });
  pages.post("/c/pay/:id", async (c) => {
    const session = findSession(room, c.req.param("id"));
    if (session?.status !== "open") return showClosed(c, room, session);
    const read = readPayer(room, session, await c.req.formData());
    if ("refusal" in read) return show(c, room, session, read.refusal, 422);
    const outcome = room.mutate((world, ctx) =>
      attempt(() => payCheckoutSession(world, ctx, session.id, read.payer)),
    );
    if (outcome.status === "complete") return c.redirect(successUrl(session), 303);
    if (outcome.status === "requires_action") {
      return c.redirect(`/3ds/${outcome.intent}?back=${encodeURIComponent(`/c/pay/${session.id}`)}`, 303);
    }
    return show(c, room, session, toRefusal(outcome.error, read.values), 402);
  });
  return pages;
}

const fallbackMessage = "The payment did not go through. Try again or use another card.";
const noRefusal: Refusal = { values: {}, errors: {}, failure: undefined };

/** What the engine refuses by throwing, a bad card say, is the page's to explain. */
function attempt<T>(pay: () => T): T | { status: "failed"; error: StripeErrorBody } {
  try {
    return pay();
  } catch (error) {
    if (error instanceof StripeError) return { status: "failed", error: error.body };
    throw error;
  }
}

function findSession(room: SandboxRoom, id: string): CheckoutSession | undefined {
  return Object.hasOwn(room.world.checkoutSessions, id) ? room.world.checkoutSessions[id] : undefined;
}

function lockedEmail(room: SandboxRoom, session: CheckoutSession): string | undefined {
  const customer = session.customer ? room.world.customers[session.customer] : undefined;
  return customer?.email ?? session.customer_email ?? undefined;
}

function readPayer(
  room: SandboxRoom,
  session: CheckoutSession,
  form: FormData,
): { payer: CheckoutPayer; values: Refusal["values"] } | { refusal: Refusal } {
  const intent = room.world.hidden.checkouts[session.id];
  const asksForCard =
    intent === undefined || describeCheckout(session, intent, room.now().getTime() / 1000).asksForCard;
  const read = readCardForm(form, room.now());
  const email = lockedEmail(room, session) ?? read.values.email ?? "";
  const errors = {
    ...(isEmail(email) ? {} : { email: "Enter an email address, such as ada@example.com." }),
    ...(asksForCard && "errors" in read ? read.errors : {}),
  };
  if (Object.keys(errors).length > 0) return { refusal: { values: read.values, errors, failure: undefined } };
  const payer = { email, ...(read.values.name ? { name: read.values.name } : {}) };
  return {
    payer: asksForCard && "card" in read ? { ...payer, card: read.card } : payer,
    values: read.values,
  };
}

function toRefusal(
  error: Pick<StripeErrorBody, "code" | "decline_code" | "message">,
  values: Refusal["values"],
): Refusal {
  const { field, message } = toDeclineMessage(error);
  return field
    ? { values, errors: { [field]: message }, failure: undefined }
    : { values, errors: {}, failure: message };
}

function show(
  c: Context,
  room: SandboxRoom,
  session: CheckoutSession,
  refusal: Refusal,
  status: 200 | 402 | 422,
) {
  const intent = room.world.hidden.checkouts[session.id];
  if (!intent) return showClosed(c, room, undefined);
  const summary = describeCheckout(session, intent, room.now().getTime() / 1000);
  const merchant = merchantName(room.world);
  return c.html(
    <CheckoutView
      session={session}
      summary={summary}
      merchant={merchant}
      lockedEmail={lockedEmail(room, session)}
      {...refusal}
    />,
    status,
  );
}

function showClosed(c: Context, room: SandboxRoom, session: CheckoutSession | undefined) {
  const merchant = merchantName(room.world);
  if (!session)
    return c.html(
      <MessagePage title="Page not found" text="This checkout page does not exist. Check the address." />,
      404,
    );
  if (session.status === "complete") {
    return c.html(
      <MessagePage
        title="All done"
        text="This checkout has been completed. You don’t need to do anything else."
      >
        <a class="button primary" href={successUrl(session)}>
          Return to {merchant}
        </a>
      </MessagePage>,
    );
  }
  return c.html(
    <MessagePage
      title="This page has expired"
      text="Nothing was charged. Go back and start again to get a new checkout page."
    >
      {session.cancel_url ? (
        <a class="button primary" href={session.cancel_url}>
          Return to {merchant}
        </a>
      ) : null}
    </MessagePage>,
    410,
  );
}
