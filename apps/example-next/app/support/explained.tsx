import { BillingError } from "@tollgate/core";
import { billing } from "../../billing/server";
import type { Question } from "./read-question";
import { sayMoment } from "./say-moment";

const titles = {
  catalog: "The catalog",
  subscription: "The subscription",
  event: "What made it so",
  decision: "The answer",
} as const;

/** From the catalog to the answer, each step in words. */
export async function Explained({ customerId, feature, at }: Question & { customerId: string }) {
  const options = at === null ? {} : { at: `${at}Z` };
  const found = await billing.explain(customerId, feature, options).catch((error: unknown) => {
    if (error instanceof BillingError) return error;
    throw error;
  });
  if (found instanceof BillingError) return <p role="alert">{found.message}</p>;
  const { access, steps, known, knownSince } = found;
  return (
    <div className="preview" role="status">
      <p className="verdict">
        <strong>{access.allowed ? "Open" : "Closed"}</strong> for {customerId} on {sayMoment(found.at)}
      </p>
      {!known && knownSince && (
        <p>The history begins on {sayMoment(knownSince)}: this is by what was there then.</p>
      )}
      <ol className="steps">
        {steps.map(({ kind, words }) => (
          <li key={kind}>
            <h3>{titles[kind]}</h3>
            <p>{words}</p>
          </li>
        ))}
      </ol>
      {!access.usedKnown && <p>How much was used at that time is not kept.</p>}
    </div>
  );
}
