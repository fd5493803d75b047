/** @jsxImportSource hono/jsx */

import type { Context, Hono } from "hono";
import { replaceCard } from "../../engine/portal/portal.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { CardFields } from "../cards/card-fields.js";
import { toDeclineMessage } from "../cards/decline-message.js";
import { type CardFormErrors, type CardFormValues, readCardForm } from "../cards/read-card-form.js";
import { describeCard } from "../format/describe-card.js";
import { readForm } from "../kit/read-form.js";
import { showMissing } from "../kit/show-missing.js";
import type { Messages } from "../messages/en.js";
import { leaveHref, PortalFrame } from "./portal-frame.js";
import { finishAction, openPortal, type PortalRoom } from "./portal-room.js";

/** Replacing the card, with the bank's step where the card asks for one. */
export function addCardPages(pages: Hono, sandbox: SandboxRoom): void {
  pages.get("/p/session/:token/card", (c) => {
    const room = openPortal(sandbox, c);
    if (!room) return showMissing(c);
    if (c.req.query("saved")) return finishAction(c, room, "card");
    const failed = c.req.query("failed");
    const { text } = room.language;
    const errors = failed ? toErrors({ code: failed, message: text.portal.card.failed }, text) : {};
    return show(c, room, { values: {}, errors }, 200);
  });
  pages.post("/p/session/:token/card", async (c) => {
    const room = openPortal(sandbox, c);
    if (!room?.view.configuration.features.payment_method_update.enabled) return showMissing(c);
    const { text } = room.language;
    const read = readCardForm(await readForm(c), sandbox.now(), text);
    if ("errors" in read) return show(c, room, read, 422);
    try {
      const outcome = sandbox.mutate((world, ctx) =>
        replaceCard(world, ctx, room.view.customer.id, read.card),
      );
      if (outcome.status === "complete") return finishAction(c, room, "card");
      return c.redirect(`/3ds/${outcome.intent}?back=${encodeURIComponent(`${room.home}/card`)}`, 303);
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      return show(c, room, { values: read.values, errors: toErrors(error.body, text) }, 402);
    }
  });
}

function toErrors(error: Parameters<typeof toDeclineMessage>[0], text: Messages): CardFormErrors {
  const { field, message } = toDeclineMessage(error, text);
  return { [field ?? "number"]: message };
}

type FormState = { values: CardFormValues; errors: CardFormErrors };

function show(c: Context, room: PortalRoom, { values, errors }: FormState, status: 200 | 402 | 422) {
  const current = room.view.defaultPaymentMethod;
  const { text } = room.language;
  const { card, saving } = text.portal;
  return c.html(
    <PortalFrame room={room} title={current ? card.replace : card.add} kind="step">
      <form class="form panel" method="post" action={`${room.home}/card`} novalidate>
        {current ? <p class="muted">{card.now(describeCard(current, text))}</p> : null}
        <CardFields values={values} errors={errors} legend={card.new} text={text} />
        <p class="muted small">{card.later}</p>
        <div class="buttons">
          <button type="submit" class="button primary" data-busy={saving}>
            {card.save}
          </button>
          <a class="button" href={leaveHref(room)}>
            {card.keep}
          </a>
        </div>
      </form>
    </PortalFrame>,
    status,
  );
}
