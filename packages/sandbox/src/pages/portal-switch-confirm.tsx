/** @jsxImportSource hono/jsx */
import { describeChange } from "./describe-change.js";
import { describeSubscription, type SubscriptionSummary } from "./describe-subscription.js";
import { formatMoney } from "./format-money.js";
import { leaveHref, PortalFrame } from "./portal-frame.js";
import type { FoundSwitch } from "./portal-switch.js";
import type { SwitchPreview } from "./preview-switch.js";

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

/** What happens now and what later. */
const Costs = ({ found, preview, before, after }: Costs) => {
  const { currency } = found.subscription;
  if (preview.later)
    return (
      <p>
        You keep {before.plan} until <strong>{before.periodEnd}</strong>. Nothing is charged today.{" "}
        {describeChange(preview.world, preview.subscription)}
      </p>
    );
  return (
    <>
      <p>
        You’ll be charged <strong class="money">{formatMoney(preview.dueToday, currency)}</strong> today, then{" "}
        <strong class="money">{after.amount}</strong> {after.per}, next on {after.periodEnd}.
      </p>
      {preview.onNextInvoice === 0 ? null : <p>{describeNextInvoice(preview.onNextInvoice, currency)}</p>}
    </>
  );
};

/** A code that makes the change cheaper; the same page shows what it does. */
const CodeForm = ({ found }: { found: FoundSwitch }) => {
  const { room, change, code } = found;
  const { default_allowed_updates: allowed } = room.view.configuration.features.subscription_update;
  if (!allowed.includes("promotion_code")) return null;
  const unknown = code !== undefined && !code.known;
  return (
    <form class="quantity" method="get" action={changeHref(found)}>
      {change.quantity === undefined ? null : <input type="hidden" name="quantity" value={change.quantity} />}
      <div class="field">
        <label for="code">Promotion code</label>
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
            This code isn’t valid.
          </p>
        ) : null}
      </div>
      <button type="submit" class="button">
        Apply
      </button>
    </form>
  );
};

/** What is charged now and what later, before anything happens. */
export const SwitchConfirm = ({ found, preview, failure }: SwitchConfirmProps) => {
  const { room, subscription } = found;
  const before = describeSubscription(room.sandbox.world, subscription);
  const problem = failure ?? ("refusal" in preview ? preview.refusal : undefined);
  const ready = "subscription" in preview ? preview : undefined;
  const after =
    ready && describeSubscription(room.sandbox.world, ready.later ? subscription : ready.subscription);
  const sameplan = found.change.priceId === subscription.items.data[0]?.price.id;
  const target = room.view.switchOptions.find(({ price }) => price.id === found.change.priceId)?.product.name;
  const title = sameplan ? "Change quantity" : `Switch to ${target ?? after?.plan ?? "another plan"}`;
  return (
    <PortalFrame room={room} title={ready ? title : "Change plan"} kind="step">
      {problem ? (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      ) : null}
      <div class="panel">
        {ready && after ? (
          <>
            <Costs found={found} preview={ready} before={before} after={after} />
            <p class="muted small">
              Now: {before.plan}, {before.amount} {before.per}.
            </p>
            <CodeForm found={found} />
          </>
        ) : null}
        <div class="buttons">
          {ready ? (
            <form method="post" action={`${changeHref(found)}${queryOf(found)}`}>
              <button type="submit" class="button primary" data-busy="Switching…">
                Confirm change
              </button>
            </form>
          ) : null}
          <a class="button" href={leaveHref(room)}>
            Keep current plan
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

function describeNextInvoice(amount: number, currency: string): string {
  const money = formatMoney(Math.abs(amount), currency);
  if (amount < 0) return `What you have paid and not used, ${money}, is taken off your next invoice.`;
  return `Your next invoice also has ${money} for the rest of the present period.`;
}
