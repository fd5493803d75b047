import type { AccessCheck, AccessState, AccessUnlock, DenialReason } from "@tollgate/core";
import Link from "next/link";
import { sayAddOn, sayDate, sayMoney, sayPlan } from "./account/say";
import "./denial.css";

type Denied = Extract<AccessCheck, { allowed: false }>;

interface Props {
  /** What is denied, as it stands in a sentence. */
  readonly name: string;
  readonly check: Denied;
  readonly access: Pick<AccessState, "subscription" | "canManage">;
}

/** Why not, and every way out with its price: all of it is in what the server answered. */
export function Denial({ name, check, access }: Props) {
  const { reason, unlocks = [] } = check;
  return (
    <div className="denial">
      <p className="denial-reason">{reasons[reason](name, check)}</p>
      {unlocks.length > 0 && (
        <>
          <p>{access.canManage ? "This would help:" : "This would help. Ask whoever manages billing:"}</p>
          <ul className="ways-out">
            {unlocks.map((unlock) => (
              <WayOut key={`${unlock.kind} ${idOf(unlock)}`} unlock={unlock} name={name} access={access} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const reasons = {
  signed_out: () => "Sign in first.",
  not_in_plan: (name) => `Your plan has no ${name}.`,
  limit_reached: (name, { limit, resetsAt }) =>
    `You have used all ${limit?.toLocaleString("en-US") ?? ""} ${name}.${
      resetsAt ? ` You get as many again on ${sayDate(resetsAt)}.` : ""
    }`,
  payment_failed: () => "Your last payment failed, so this is closed until it is paid.",
  payment_incomplete: () => "Your first payment is not finished.",
  paused: () => "Your plan is paused.",
  unavailable: (name) => `Whether you may have more ${name} can't be said at the moment.`,
} satisfies Record<DenialReason, (name: string, check: Denied) => string>;

function WayOut({ unlock, name, access }: { unlock: AccessUnlock } & Pick<Props, "name" | "access">) {
  const { limit } = unlock;
  const count = limit === null ? `no limit of ${name}` : `${limit.toLocaleString("en-US")} ${name}`;
  return (
    <li>
      <strong>{unlock.kind === "plan" ? sayPlan(unlock.planId) : sayAddOn(unlock.addOnId)}</strong>
      <span>
        {count}, {sayPrice(unlock.price)}
      </span>
      {access.canManage && (
        <Link href={hrefOf(unlock, access)}>{access.subscription ? "See the change" : "See plans"}</Link>
      )}
    </li>
  );
}

const idOf = (unlock: AccessUnlock) => (unlock.kind === "plan" ? unlock.planId : unlock.addOnId);

function sayPrice(price: AccessUnlock["price"]): string {
  const [first] = Object.entries(price?.amounts ?? {});
  if (price === null || first === undefined) return "sold by hand";
  const [currency, amount] = first;
  const seats = price.quantity > 1 ? ` for ${price.quantity} seats` : "";
  return `${sayMoney({ amount, currency })} per ${price.interval}${seats}`;
}

/** Where what it costs is shown before anything is bought. */
function hrefOf(unlock: AccessUnlock, { subscription }: Props["access"]): string {
  if (subscription === null || subscription.status === "ended") return "/";
  const { planId, interval, quantity } = subscription;
  const choice =
    unlock.kind === "plan"
      ? { plan: unlock.planId, interval, seats: String(unlock.price?.quantity ?? 1) }
      : { plan: planId, interval, seats: String(quantity), addOn: unlock.addOnId, count: "1" };
  return `/account/change?${new URLSearchParams(choice)}`;
}
