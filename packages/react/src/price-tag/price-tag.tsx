interface PriceTagProps {
  /** Before an amount that is the least of several: "From". */
  readonly from?: string | undefined;
  /** Formatted for the locale: "$29". */
  readonly amount: string;
  /** What it is paid for: "/ month". */
  readonly per?: string | undefined;
}

/** An amount of money, large, and its interval, small beside it. */
export function PriceTag({ from, amount, per }: PriceTagProps) {
  return (
    // A new amount is a new node, so that it fades in after a switch.
    <p data-tollgate-part="price-tag" key={`${amount}${per}`}>
      {from === undefined ? null : <span data-tollgate-part="per">{from} </span>}
      <bdi data-tollgate-part="amount">{amount}</bdi>
      {per === undefined ? null : (
        <>
          {" "}
          <span data-tollgate-part="per">{per}</span>
        </>
      )}
    </p>
  );
}
