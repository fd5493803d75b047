import { BillingPortalButton, PricingTable, UpgradeGate, useAccess, useCheckoutReturn } from "./kit.js";

/** One page: the plan and its portal, the gated part, and the pricing. */
export function App() {
  const checkout = useCheckoutReturn();
  return (
    <main>
      <h1>Slate</h1>
      {checkout.status === "checking" && <p role="status">Confirming your payment…</p>}
      {checkout.status === "paid" && <p role="status">Thank you. Your plan is open.</p>}
      <section aria-labelledby="history">
        <h2 id="history">History</h2>
        <UpgradeGate feature="history">
          <p>Everything since your first day is here.</p>
        </UpgradeGate>
      </section>
      <section aria-labelledby="billing">
        <h2 id="billing">Billing</h2>
        <Standing />
        <BillingPortalButton>Manage billing</BillingPortalButton>
      </section>
      <section aria-labelledby="pricing">
        <h2 id="pricing">Pricing</h2>
        <PricingTable />
      </section>
    </main>
  );
}

const dates = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" });

function Standing() {
  const access = useAccess();
  if (access.status === "loading") return <p>Loading your plan…</p>;
  if (access.status !== "ready") return <p role="alert">Your plan could not be read. Reload to try again.</p>;
  const { subscription } = access.state;
  if (subscription === null || subscription.status === "ended") return <p>You are on the free plan.</p>;
  const end = subscription.cancelAt ?? subscription.currentPeriod?.end;
  return (
    <p>
      You are on {subscription.planId}.{" "}
      {end && `${subscription.cancelAt ? "Ends" : "Renews"} on ${dates.format(new Date(end))}.`}
    </p>
  );
}
