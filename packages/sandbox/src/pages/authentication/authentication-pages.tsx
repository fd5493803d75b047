/** @jsxImportSource hono/jsx */

import { type Context, Hono } from "hono";
import { authenticateIntent } from "../../engine/paying/pay-checkout-session.js";
import { find } from "../../engine/world/find.js";
import type { PaymentIntent, SetupIntent } from "../../engine/world/wire.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { MessagePage } from "../kit/message-page.js";
import { readForm } from "../kit/read-form.js";
import { findReturn } from "../return/find-return.js";
import { type Language, messagesFor } from "../words/messages-for.js";

/** `GET` and `POST /3ds/:intentId`: the bank's step of a card that asks for it. */
export function authenticationPages(room: SandboxRoom): Hono {
  const pages = new Hono();
  pages.get("/3ds/:intentId", (c) => {
    const intent = findIntent(room, c.req.param("intentId"));
    const language = languageOf(c, room);
    const { bank, frame } = language.text;
    if (!intent)
      return c.html(<MessagePage language={language} title={frame.notFound} text={bank.nothing} />, 404);
    if (intent.status !== "requires_action") return goBack(c, room, intent.id, undefined);
    return c.html(
      <MessagePage language={language} title={bank.title} text={describe(intent, language)}>
        <Choice
          intent={intent.id}
          back={c.req.query("back") ?? ""}
          outcome="succeed"
          label={bank.complete}
          primary
        />
        <Choice intent={intent.id} back={c.req.query("back") ?? ""} outcome="fail" label={bank.fail} />
      </MessagePage>,
    );
  });
  pages.post("/3ds/:intentId", async (c) => {
    const intent = findIntent(room, c.req.param("intentId"));
    // The intent forgets its address once the step is over.
    const returnUrl = intent?.next_action?.redirect_to_url?.return_url ?? undefined;
    const outcome = (await readForm(c)).get("outcome") === "succeed" ? "succeed" : "fail";
    if (intent?.status === "requires_action") {
      room.mutate((world, ctx) => authenticateIntent(world, ctx, intent.id, outcome));
    }
    return goBack(c, room, c.req.param("intentId"), returnUrl);
  });
  return pages;
}

type ChoiceProps = {
  intent: string;
  back: string;
  outcome: "succeed" | "fail";
  label: string;
  primary?: boolean;
};

const Choice = ({ intent, back, outcome, label, primary = false }: ChoiceProps) => (
  <form method="post" action={`/3ds/${intent}?back=${encodeURIComponent(back)}`}>
    <input type="hidden" name="outcome" value={outcome} />
    <button type="submit" class={primary ? "button primary" : "button"}>
      {label}
    </button>
  </form>
);

function describe(intent: PaymentIntent | SetupIntent, { text, money }: Language): string {
  if (intent.object === "setup_intent") return text.bank.confirmCard;
  return text.bank.confirmPayment(money(intent.amount, intent.currency));
}

/** The language of the page that the browser came from. */
function languageOf(c: Context, { world }: SandboxRoom): Language {
  const back = c.req.query("back") ?? "";
  const checkout = find(world.checkoutSessions, /cs_test_[a-zA-Z0-9]+/.exec(back)?.[0]);
  const token = /^\/p\/session\/(\w+)/.exec(back)?.[1];
  const portal = find(world.portalSessions, find(world.hidden.portalTokens, token));
  return messagesFor(checkout?.locale, portal?.locale, c.req.header("accept-language"));
}

function findIntent({ world }: SandboxRoom, id: string): PaymentIntent | SetupIntent | undefined {
  if (Object.hasOwn(world.paymentIntents, id)) return world.paymentIntents[id];
  return Object.hasOwn(world.setupIntents, id) ? world.setupIntents[id] : undefined;
}

function goBack(c: Context, room: SandboxRoom, intentId: string, returnUrl: string | undefined) {
  const intent = findIntent(room, intentId);
  const target = intent
    ? findReturn(room.world, intent, { back: c.req.query("back") ?? "", returnUrl })
    : undefined;
  if (target) return c.redirect(target, 303);
  const language = languageOf(c, room);
  const { bank } = language.text;
  return c.html(<MessagePage language={language} title={bank.done} text={bank.doneText} />);
}
