import type { CreditsBalance } from "@tollgate/core";
import { sayDate } from "../account/say";

/** What a customer has: GET /credits answers with the same fields. */
export type Credits = Pick<CreditsBalance, "available" | "held" | "expiring">;

export function BalanceTable({ credits: { available, held, expiring } }: { credits: Credits }) {
  const count = (credits: number) => credits.toLocaleString("en-US");
  return (
    <table className="bill balance">
      <caption>Counted by the server, in every tab</caption>
      <tbody>
        <tr>
          <th scope="row">Free to use</th>
          <td>
            <strong className="figure">{count(available)}</strong>
          </td>
        </tr>
        <tr>
          <th scope="row">Held by what is running</th>
          <td>{count(held)}</td>
        </tr>
        <tr>
          <th scope="row">Expires next</th>
          <td>{expiring ? `${count(expiring.amount)} on ${sayDate(expiring.at)}` : "Nothing"}</td>
        </tr>
      </tbody>
    </table>
  );
}
