import { type AddOnQuantities, BillingError } from "@tollgate/core";
import { currentRequest } from "@tollgate/server/next";
import { redirect } from "next/navigation";
import { billing } from "../../../billing/server";
import { PayButton } from "../pay-button";
import { stripePage } from "../stripe-page";
import { ChoiceForm } from "./choice-form";
import { Preview } from "./preview";
import { type Choice, readChoice } from "./read-choice";

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What is chosen is in the address, so that a choice can be sent to whoever decides, and "back" works. */
export default async function ChangePage({ searchParams }: Props) {
  const { state } = await billing.access(await currentRequest());
  const { customerId, canManage, subscription } = state;
  if (customerId === null || !canManage || subscription === null) redirect("/account");
  const choice = readChoice(await searchParams);
  return (
    <>
      <h1>Change your plan</h1>
      <section className="panel wide">
        <ChoiceForm chosen={choice ?? subscription} />
        {choice && <Outcome customerId={customerId} choice={choice} held={state.addOns ?? {}} />}
      </section>
    </>
  );
}

interface OutcomeProps {
  readonly customerId: string;
  readonly choice: Choice;
  readonly held: AddOnQuantities;
}

async function Outcome({ customerId, choice: { addOn, ...choice }, held }: OutcomeProps) {
  // Those that are named take the place of all that are held.
  const wanted = addOn && { addOns: { ...held, [addOn.id]: addOn.count } };
  const preview = await billing.subscriptions
    .preview({ customerId, ...choice, ...wanted })
    .catch((error: unknown) => {
      if (error instanceof BillingError) return error;
      throw error;
    });
  if (preview instanceof BillingError) return <p role="alert">{preview.publicMessage ?? preview.message}</p>;
  const { planId, interval, quantity, token } = preview;
  return (
    <>
      <Preview preview={preview} />
      {/* With the token of what is shown, it is charged exactly that, or nothing. */}
      <PayButton
        path="/subscription/change"
        body={{ planId, interval, quantity, ...wanted, preview: token }}
        stripe={stripePage()}
      >
        Confirm change
      </PayButton>
    </>
  );
}
