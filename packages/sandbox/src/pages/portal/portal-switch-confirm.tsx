/** @jsxImportSource hono/jsx */

import type { PlanChange } from "../../engine/changes/switch-plan.js";
import type { Subscription } from "../../engine/world/wire.js";
import { Emphasis } from "../kit/emphasis.js";
import { describeSubscription, type SubscriptionSummary } from "../subscriptions/describe-subscription.js";
import { describeChange } from "../totals/describe-change.js";
import type { Language } from "../words/messages-for.js";
import { leaveHref, PortalFrame } from "./portal-frame.js";
import type { PortalRoom } from "./portal-room.js";
import type { SwitchPreview } from "./preview-switch.js";

/** A change that a customer may make, and what they may still choose about it. */
export interface FoundSwitch {
  readonly room: PortalRoom;
  readonly subscription: Subscription;
  readonly change: PlanChange;
  /** What was typed as a promotion code, and whether it counts. */
  readonly code: { readonly typed: string; readonly known: boolean } | undefined;
}

type SwitchConfirmProps = {
  found: FoundSwitch;
  preview: SwitchPreview | { readonly refusal: string };
  failure: string | undefined;
};

type Costs = {
  found: FoundSwitch;
  preview: SwitchPreview;
  before: SubscriptionSummary;
  after: SubscriptionSummary;
};

/** What happens now and what happens later. */
const Costs = ({ found, preview, before, after }: Costs) => {
  const { currency } = found.subscription;
  const { language } = found.room;
  const { change } = language.text.portal;
  const due = language.money(preview.dueToday, currency);
  if (preview.later)
    return (
      <p>
        <Emphasis sentence={change.later(before.plan, before.periodEnd)} of={[before.periodEnd]} />{" "}
        {describeChange(preview.world, preview.subscription, language)}
      </p>
    );
  return (
    <>
      <p>
        <Emphasis
          sentence={change.costs(due, after.amount, after.per, after.periodEnd)}
          of={[due, after.amount]}
        />
      </p>
      {preview.onNextInvoice === 0 ? null : (
        <p>{describeNextInvoice(preview.onNextInvoice, currency, language)}</p>
      )}
    </>
  );
};

/** A code that makes the change cheaper; the same page shows what it does. */
const CodeForm = ({ found }: { found: FoundSwitch }) => {
  const { room, change, code } = found;
  const { order, portal } = room.language.text;
  const { default_allowed_updates: allowed } = room.view.configuration.features.subscription_update;
  if (!allowed.includes("promotion_code")) return null;
  const unknown = code !== undefined && !code.known;
  return (
    <form class="quantity" method="get" action={changeHref(found)}>
      {change.quantity === undefined ? null : <input type="hidden" name="quantity" value={change.quantity} />}
      <div class="field">
        <label for="code">{order.code}</label>
        <input
          id="code"
          name="code"
          autocomplete="off"
          value={code?.typed ?? ""}
          aria-invalid={unknown ? "true" : undefined}
          aria-describedby={unknown ? "code-error" : undefined}
        />
        {unknown ? (
          <p class="error" id="code-error">
            {portal.change.badCode}
          </p>
        ) : null}
      </div>
      <button type="submit" class="button">
        {order.apply}
      </button>
    </form>
  );
};

/** What is charged now and what later, shown before anything happens. */
export const SwitchConfirm = ({ found, preview, failure }: SwitchConfirmProps) => {
  const { room, subscription } = found;
  const { language } = room;
  const { change: words, plan } = language.text.portal;
  const before = describeSubscription(room.sandbox.world, subscription, language);
  const problem = failure ?? ("refusal" in preview ? preview.refusal : undefined);
  const ready = "subscription" in preview ? preview : undefined;
  const after =
    ready &&
    describeSubscription(room.sandbox.world, ready.later ? subscription : ready.subscription, language);
  const samePlan = found.change.priceId === subscription.items.data[0]?.price.id;
  const target = room.view.switchOptions.find(({ price }) => price.id === found.change.priceId)?.product.name;
  const title = samePlan ? words.quantity : words.to(target ?? after?.plan ?? words.another);
  return (
    <PortalFrame room={room} title={ready ? title : plan.change} kind="step">
      {problem ? (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      ) : null}
      <div class="panel">
        {ready && after ? (
          <>
            <Costs found={found} preview={ready} before={before} after={after} />
            <p class="muted small">{words.now(before.plan, before.amount, before.per)}</p>
            <CodeForm found={found} />
          </>
        ) : null}
        <div class="buttons">
          {ready ? (
            <form method="post" action={`${changeHref(found)}${queryOf(found)}`}>
              <button type="submit" class="button primary" data-busy={words.busy}>
                {words.confirm}
              </button>
            </form>
          ) : null}
          <a class="button" href={leaveHref(room)}>
            {plan.keep}
          </a>
        </div>
      </div>
    </PortalFrame>
  );
};

function changeHref({ room, subscription, change }: FoundSwitch): string {
  return `${room.home}/switch/${subscription.id}/${change.priceId}`;
}

function queryOf({ change, code }: FoundSwitch): string {
  const query = new URLSearchParams();
  if (change.quantity !== undefined) query.set("quantity", String(change.quantity));
  if (code) query.set("code", code.typed);
  return query.size === 0 ? "" : `?${query}`;
}

function describeNextInvoice(amount: number, currency: string, { text, money }: Language): string {
  const { added, takenOff } = text.portal.change;
  const sum = money(Math.abs(amount), currency);
  return amount < 0 ? takenOff(sum) : added(sum);
}
