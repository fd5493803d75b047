/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import { replaceCard } from "../engine/portal.js";
import { StripeError } from "../engine/stripe-error.js";
import type { SandboxRoom } from "../sandbox.js";
import { CardFields } from "./card-fields.js";
import { toDeclineMessage } from "./decline-message.js";
import { leaveHref, PortalFrame } from "./portal-frame.js";
import { describeCard } from "./portal-overview.js";
import { finishAction, openPortal, type PortalRoom } from "./portal-room.js";
import { type CardFormErrors, type CardFormValues, readCardForm } from "./read-card-form.js";
import { showMissing } from "./show-missing.js";

/** Replacing the card, with the bank's step where the card asks for one. */
export function addCardPages(pages: Hono, sandbox: SandboxRoom): void {
  pages.get("/p/session/:token/card", (c) => {
    const room = openPortal(sandbox, c);
    if (!room) return showMissing(c);
    if (c.req.query("saved")) return finishAction(c, room, "card");
    const failed = c.req.query("failed");
    return show(
      c,
      room,
      { values: {}, errors: failed ? toErrors({ code: failed, message: tryAgain }) : {} },
      200,
    );
  });
  pages.post("/p/session/:token/card", async (c) => {
    const room = openPortal(sandbox, c);
    if (!room?.view.configuration.features.payment_method_update.enabled) return showMissing(c);
    const read = readCardForm(await c.req.formData(), sandbox.now());
    if ("errors" in read) return show(c, room, read, 422);
    try {
      const outcome = sandbox.mutate((world, ctx) =>
        replaceCard(world, ctx, room.view.customer.id, read.card),
      );
      if (outcome.status === "complete") return finishAction(c, room, "card");
      return c.redirect(`/3ds/${outcome.intent}?back=${encodeURIComponent(`${room.home}/card`)}`, 303);
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      return show(c, room, { values: read.values, errors: toErrors(error.body) }, 402);
    }
  });
}

const tryAgain = "The card was not saved. Try again or use another card.";

function toErrors(error: Parameters<typeof toDeclineMessage>[0]): CardFormErrors {
  const { field, message } = toDeclineMessage(error);
  return { [field ?? "number"]: message };
}

type FormState = { values: CardFormValues; errors: CardFormErrors };

function show(c: Context, room: PortalRoom, { values, errors }: FormState, status: 200 | 402 | 422) {
  const current = room.view.defaultPaymentMethod;
  return c.html(
    <PortalFrame room={room} title={current ? "Replace card" : "Add card"} kind="step">
      <form class="form panel" method="post" action={`${room.home}/card`} novalidate>
        {current ? <p class="muted">Now: {describeCard(current)}.</p> : null}
        <CardFields values={values} errors={errors} legend="New card" />
        <p class="muted small">You are not charged now. Later payments use this card.</p>
        <div class="buttons">
          <button type="submit" class="button primary" data-busy="Saving…">
            Save card
          </button>
          <a class="button" href={leaveHref(room)}>
            Keep things as they are
          </a>
        </div>
      </form>
    </PortalFrame>,
    status,
  );
}
