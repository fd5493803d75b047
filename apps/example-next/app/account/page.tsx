import { currentRequest } from "@tollgate/server/next";
import { BillingPortalButton } from "../../billing/kit";
import { billing } from "../../billing/server";
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
    </>
  );
}
