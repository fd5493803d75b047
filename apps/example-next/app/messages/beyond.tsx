import type { AccessState } from "@tollgate/core";
import { messagePrice } from "../../billing/plans";
import { sayMoney } from "../account/say";

interface Props {
  readonly used: number;
  readonly limit: number | null;
  readonly access: Pick<AccessState, "features" | "subscription">;
}

/** What it costs to go on once all that is included is used, and what it has come to. */
export function Beyond({ used, limit, access: { features, subscription } }: Props) {
  if (limit === null || features.messages?.overage !== "billed") return null;
  const currency = subscription?.currency === "eur" ? "eur" : "usd";
  const unit = messagePrice[currency];
  const each = sayMoney({ amount: unit, currency });
  if (used <= limit) return <p>Each one beyond those costs {each}, on your next invoice.</p>;
  const beyond = used - limit;
  return (
    <p>
      {beyond.toLocaleString("en-US")} beyond what is included, at {each} each:{" "}
      {sayMoney({ amount: beyond * unit, currency })} on your next invoice.
    </p>
  );
}
