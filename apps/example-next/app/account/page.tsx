import { BillingPortalButton } from "../../billing/kit";
import { Plan } from "./plan";

export default function AccountPage() {
  return (
    <>
      <h1>Account</h1>
      <section className="panel" aria-labelledby="plan-heading">
        <h2 id="plan-heading">Your plan</h2>
        <Plan />
        <BillingPortalButton returnUrl="/account">Manage billing</BillingPortalButton>
      </section>
    </>
  );
}
