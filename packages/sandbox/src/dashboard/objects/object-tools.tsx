/** @jsxImportSource hono/jsx */

import { behaviourOf } from "../../engine/methods/card-memory.js";
import { asksForProof } from "../../engine/methods/expire-card.js";
import { find } from "../../engine/world/find.js";
import type { Charge, Dispute, PaymentMethod } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { Ref } from "../frame/cells.js";
import type { Desk } from "../frame/desk.js";
import { ButtonForm, Part } from "../frame/parts.js";
import { inWords } from "../frame/tone-of.js";
import { PlayForm } from "../shared/play-form.js";
import { declines } from "./card-choices.js";
import { ChargeTools, DisputeTools } from "./charge-tools.js";

type ToolProps = { desk: Desk; slug: string; id: string };

/** What can be made to happen to an object. */
export const ObjectTools = ({ desk, slug, id }: ToolProps) => {
  const { world } = desk.room;
  const method =
    slug === "payment_methods" ? find<PaymentMethod>(world.paymentMethods, id) : cardOf(world, slug, id);
  const charge = chargeOf(world, slug, id);
  const dispute = slug === "disputes" ? find<Dispute>(world.disputes, id) : undefined;
  const back = `/objects/${slug}/${encodeURIComponent(id)}`;
  return (
    <>
      {method?.card ? (
        <CardTools desk={desk} method={method} back={back} own={slug === "payment_methods"} />
      ) : null}
      {charge ? <ChargeTools desk={desk} charge={charge} back={back} /> : null}
      {slug === "customers" || slug === "subscriptions" ? <PlayForm desk={desk} whom={id} /> : null}
      {dispute ? <DisputeTools desk={desk} dispute={dispute} back={back} /> : null}
    </>
  );
};

/** The card that a customer or a subscription pays with. */
const cardOf = (world: World, slug: string, id: string): PaymentMethod | undefined => {
  const subscription = slug === "subscriptions" ? world.subscriptions[id] : undefined;
  const own = subscription?.default_payment_method as string | null | undefined;
  const payer = slug === "customers" ? id : (subscription?.customer as string | undefined);
  const customer = find(world.customers, payer);
  const chosen = (own ?? customer?.invoice_settings.default_payment_method) as string | null | undefined;
  const theirs = (method: PaymentMethod) => payer !== undefined && method.customer === payer;
  return (
    find<PaymentMethod>(world.paymentMethods, chosen) ?? Object.values(world.paymentMethods).find(theirs)
  );
};

const chargeOf = (world: World, slug: string, id: string): Charge | undefined => {
  const intent = slug === "payments" ? world.paymentIntents[id] : undefined;
  const charge = find<Charge>(
    world.charges,
    slug === "charges" ? id : (intent?.latest_charge as string | null),
  );
  return charge?.paid ? charge : undefined;
};

type CardProps = { desk: Desk; method: PaymentMethod; back: string; own: boolean };

const CardTools = ({ desk, method, back, own }: CardProps) => {
  const { failNext } = behaviourOf(desk.room.world, method.id);
  const action = `${desk.base}/tools/payment_methods/${method.id}`;
  return (
    <Part title="Card tools" more={own ? null : <Ref desk={desk} id={method.id} />}>
      <div class="panel tools">
        {failNext ? (
          <div class="stack">
            <p>
              The next payment will fail: <strong>{inWords(failNext).toLowerCase()}</strong>.
            </p>
            <ButtonForm action={`${action}/fail`} fields={{ back, decline: "" }} label="Let it succeed" />
          </div>
        ) : (
          <form class="line" method="post" action={`${action}/fail`}>
            <input type="hidden" name="back" value={back} />
            <div class="field">
              <label for="decline">Fail the next payment</label>
              <select id="decline" name="decline">
                {declines.map((decline) => (
                  <option key={decline} value={decline}>
                    {inWords(decline)}
                  </option>
                ))}
              </select>
            </div>
            <button type="submit" class="button">
              Fail it
            </button>
          </form>
        )}
        <div class="buttons">
          {method.customer === null ? null : (
            <ButtonForm action={`${action}/expire`} fields={{ back }} label="Expire this card" />
          )}
          {asksForProof(desk.room.world, method.id) ? (
            <span class="sub">Asks for 3-D Secure at the next payment.</span>
          ) : (
            <ButtonForm action={`${action}/proof`} fields={{ back }} label="Require 3-D Secure next time" />
          )}
        </div>
      </div>
    </Part>
  );
};
