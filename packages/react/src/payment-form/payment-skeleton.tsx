/** The card form's own rows, blank: number, expiry and code, country and postal code. */
export function PaymentSkeleton() {
  return (
    <div data-tollgate-part="skeleton" aria-hidden="true">
      {["number", "expiry", "code", "country", "postal"].map((field) => (
        <div key={field} data-field={field}>
          <span data-tollgate-skeleton="">Card number</span>
          <div data-tollgate-skeleton="" data-tollgate-part="field" />
        </div>
      ))}
    </div>
  );
}
