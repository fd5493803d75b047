import { PricingTable } from "../billing/kit";

export default function PricingPage() {
  return (
    <>
      <div className="intro">
        <h1>Know how your week went</h1>
        <p>Start free. Upgrade when Harbor earns its place, leave whenever you like.</p>
      </div>
      <PricingTable headingLevel={2} returnUrl="/checkout/return" cancelUrl="/" />
    </>
  );
}
