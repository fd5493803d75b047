import { currentRequest } from "@tollgate/server/next";
import { BillingPortalButton } from "../../billing/kit";
import { billing } from "../../billing/server";
import { AddOns } from "./add-ons";
import { Invoices } from "./invoices";
import { PaymentNotice } from "./payment-notice";
import { Plan } from "./plan";

export default async function AccountPage() {
  const { state } = await billing.access(await currentRequest());
  return (
    <>
      <h1>Account</h1>
      <PaymentNotice {...state} />
      <section className="panel" aria-labelledby="plan-heading">
        <h2 id="plan-heading">Your plan</h2>
        <Plan />
        <BillingPortalButton returnUrl="/account">Manage billing</BillingPortalButton>
      </section>
      {state.canManage && <AddOns {...state} />}
      {state.customerId !== null && state.canManage && (
        <section className="panel" aria-labelledby="invoices-heading">
          <h2 id="invoices-heading">Invoices</h2>
          <Invoices customerId={state.customerId} />
        </section>
      )}
    </>
  );
}
