import type { AccessState, AddOnOffer, SubscriptionSummary } from "@tollgate/core";
import Link from "next/link";
import { plans } from "../../billing/plans";
import { sayDate, sayMoney } from "./say";

/** What can be added to the plan, what is, and what goes. Each step leads to a preview first. */
export function AddOns({ addOnOffers = {}, subscription }: AccessState) {
  if (subscription === null || subscription.status === "ended") return null;
  return (
    <section className="panel" aria-labelledby="add-ons-heading">
      <h2 id="add-ons-heading">Add-ons</h2>
      <ul className="add-ons">
        {Object.entries(plans.addOns ?? {}).map(([id, { name, description }]) => (
          <li key={id}>
            <p>
              <strong>{name}</strong> <span>{description}</span>
            </p>
            <Offer id={id} name={name} offer={addOnOffers[id]} subscription={subscription} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface OfferProps {
  readonly id: string;
  readonly name: string;
  readonly offer: AddOnOffer | undefined;
  readonly subscription: SubscriptionSummary;
}

function Offer({ id, name, offer, subscription }: OfferProps) {
  const { planId, interval, quantity } = subscription;
  const to = (count: number) => {
    const choice = { plan: planId, interval, seats: String(quantity), addOn: id, count: String(count) };
    return `/account/change?${new URLSearchParams(choice)}`;
  };
  switch (offer?.kind) {
    case "add":
      return (
        <div className="row">
          <span>{sayPrice(offer)}</span>
          <Link className="quiet-button" href={to(1)}>
            Add {name}
          </Link>
        </div>
      );
    case "held":
      return (
        <div className="row">
          <span>
            You have {offer.quantity}, for {sayPrice(offer)} each.
          </span>
          {offer.changes && offer.quantity < offer.maximum && (
            <Link href={to(offer.quantity + 1)}>One more {name}</Link>
          )}
          {offer.changes && <Link href={to(0)}>Remove {name}</Link>}
        </div>
      );
    case "pending":
      return (
        <p>
          You have {offer.quantity}, and {offer.to === 0 ? "none" : offer.to} from {sayDate(offer.at)} on.
        </p>
      );
    case "included":
      return <p>Included in your plan.</p>;
    case "not_for_plan":
    case "not_sold":
      return <p>Not sold with your plan.</p>;
    default:
      return <p>Not to be changed at the moment.</p>;
  }
}

function sayPrice({ amount, currency, interval }: Extract<AddOnOffer, { kind: "add" | "held" }>): string {
  return amount === null
    ? `what was agreed, per ${interval}`
    : `${sayMoney({ amount, currency })} per ${interval}`;
}
