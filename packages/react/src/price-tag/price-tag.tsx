interface PriceTagProps {
  /** Formatted for the locale: "$29". */
  readonly amount: string;
  /** What it is paid for: "/ month". */
  readonly per?: string | undefined;
}

/** An amount of money, large, and its interval, small beside it. */
export function PriceTag({ amount, per }: PriceTagProps) {
  return (
    <p data-tollgate-part="price-tag">
      <span data-tollgate-part="amount">{amount}</span>
      {per === undefined ? null : (
        <>
          {" "}
          <span data-tollgate-part="per">{per}</span>
        </>
      )}
    </p>
  );
}
