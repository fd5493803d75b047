import { currentRequest } from "@tollgate/server/next";
import { BuyButton } from "../../billing/kit";
import { billing } from "../../billing/server";
import { Assistant } from "./assistant";
import "./assistant.css";

/** Credits that are bought, held while the answer is made, and used for what it really cost. */
export default async function AssistantPage() {
  const { customerId, canManage } = (await billing.access(await currentRequest())).state;
  if (customerId === null) return <h1>Sign in to ask the assistant</h1>;
  const { available, held, expiring } = await billing.credits.balance({ customerId, credit: "ai" });
  return (
    <>
      <h1>Assistant</h1>
      <Assistant initial={{ available, held, expiring }} />
      <section className="panel" aria-labelledby="pack-heading">
        <h2 id="pack-heading">More credits</h2>
        <p>A pack lasts a year. Pro has 100 credits with each payment; those are used first.</p>
        {canManage ? (
          <BuyButton
            productId="ai_pack"
            returnUrl="/checkout/return?for=credits"
            cancelUrl="/assistant"
            variant="secondary"
          />
        ) : (
          <p>Ask whoever manages billing to buy some.</p>
        )}
      </section>
    </>
  );
}
