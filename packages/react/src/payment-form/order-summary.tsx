import { useId } from "react";
import { formatDate } from "../format/format-date.js";
import { sayMoney } from "../format/say-money.js";
import type { PaymentFormMessages } from "./payment-form-messages.js";
import type { PaymentSummary } from "./payment-summary.js";

interface OrderSummaryProps {
  readonly summary: PaymentSummary;
  readonly locale: string;
  readonly messages: PaymentFormMessages;
  readonly className?: string | undefined;
}

/** What is bought, how much now, how much later and when. */
export function OrderSummary({ summary, locale, messages, className }: OrderSummaryProps) {
  const { lines, currency, dueNow, dueLater } = summary;
  const id = useId();
  const money = (amount: number) => sayMoney({ amount, currency }, locale);
  return (
    <section data-tollgate-part="summary" aria-labelledby={id} className={className}>
      <h2 id={id}>{messages.summary}</h2>
      <dl>
        {lines.map(({ label, detail, amount }) => (
          <div key={label} data-tollgate-part="line">
            <dt>
              {label}
              {detail === undefined ? null : <span data-tollgate-part="line-detail">{detail}</span>}
            </dt>
            <dd>{money(amount)}</dd>
          </div>
        ))}
        <div data-tollgate-part="line" data-total="">
          <dt>{messages.dueNow}</dt>
          <dd>{money(dueNow)}</dd>
        </div>
      </dl>
      {dueLater === undefined ? null : (
        <p data-tollgate-part="due-later">
          {messages.dueLater(money(dueLater.amount), formatDate(dueLater.on, locale), dueLater.every ?? null)}
        </p>
      )}
    </section>
  );
}
