/** @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { authenticateIntent } from "../engine/pay-checkout-session.js";
import type { PaymentIntent, SetupIntent } from "../engine/wire.js";
import type { SandboxRoom } from "../sandbox.js";
import { findReturn } from "./find-return.js";
import { formatMoney } from "./format-money.js";
import { MessagePage } from "./message-page.js";

/** `GET` and `POST /3ds/:intentId`: the bank's step of a card that asks for it. */
export function authenticationPages(room: SandboxRoom): Hono {
  const pages = new Hono();
  pages.get("/3ds/:intentId", (c) => {
    const intent = findIntent(room, c.req.param("intentId"));
    if (!intent)
      return c.html(
        <MessagePage title="Page not found" text="There is nothing to authenticate here." />,
        404,
      );
    if (intent.status !== "requires_action") return goBack(c, room, intent.id, undefined);
    return c.html(
      <MessagePage title="3-D Secure" text={describe(intent)}>
        <Choice
          intent={intent.id}
          back={c.req.query("back") ?? ""}
          outcome="succeed"
          label="Complete authentication"
          primary
        />
        <Choice
          intent={intent.id}
          back={c.req.query("back") ?? ""}
          outcome="fail"
          label="Fail authentication"
        />
      </MessagePage>,
    );
  });
  pages.post("/3ds/:intentId", async (c) => {
    const intent = findIntent(room, c.req.param("intentId"));
    // The intent forgets its address once the step is over.
    const returnUrl = intent?.next_action?.redirect_to_url?.return_url ?? undefined;
    const outcome = (await c.req.formData()).get("outcome") === "succeed" ? "succeed" : "fail";
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

function describe(intent: PaymentIntent | SetupIntent): string {
  const what =
    intent.object === "payment_intent"
      ? `this payment of ${formatMoney(intent.amount, intent.currency)}`
      : "saving this card";
  return `Here your customer’s bank would ask them to confirm ${what}. Choose how it ends.`;
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
  return c.html(<MessagePage title="Done" text="Authentication is finished. You can close this page." />);
}
