/** @jsxImportSource hono/jsx */
import type { CheckoutSession } from "../engine/wire.js";
import { CardFields, Field } from "./card-fields.js";
import { checkoutCss } from "./checkout-css.js";
import type { CheckoutSummary } from "./describe-checkout.js";
import { formCss } from "./form-css.js";
import { BackLink, Page } from "./page.js";
import type { CardFormErrors, CardFormValues } from "./read-card-form.js";

export type CheckoutViewProps = {
  session: CheckoutSession;
  summary: CheckoutSummary;
  merchant: string;
  /** The customer's own address, which can't be changed here. */
  lockedEmail: string | undefined;
  values: CardFormValues;
  errors: CardFormErrors;
  /** A refusal that belongs to no field. */
  failure: string | undefined;
};

/** The whole hosted page of an open session. */
export const CheckoutView = (props: CheckoutViewProps) => (
  <Page title={`${props.summary.title} · ${props.merchant}`} css={formCss + checkoutCss}>
    <main class="checkout">
      <Order {...props} />
      <section class="pay" aria-labelledby="pay-title">
        <div>
          <PayForm {...props} />
        </div>
      </section>
    </main>
  </Page>
);

const Order = ({ session, summary, merchant }: CheckoutViewProps) => (
  <section class="order" aria-labelledby="order-title">
    <div>
      {session.cancel_url ? (
        <BackLink href={session.cancel_url}>Back to {merchant}</BackLink>
      ) : (
        <p class="muted small">{merchant}</p>
      )}
      <h1 id="order-title">{summary.title}</h1>
      <p class="total">
        <span class={/\d/.test(summary.headline) ? "money" : "words"}>{summary.headline}</span>
        {summary.headlineDetail ? <span class="per"> {summary.headlineDetail}</span> : null}
      </p>
      {summary.later ? <p class="later">{summary.later}</p> : null}
      {summary.lines.length > 0 ? (
        <dl class="lines">
          {summary.lines.map((line) => (
            <div class="line" key={line.name}>
              <dt>{line.name}</dt>
              <dd class="money">{line.amount}</dd>
              {line.detail ? <dd class="muted small">{line.detail}</dd> : null}
            </div>
          ))}
        </dl>
      ) : null}
      {summary.dueToday ? (
        <div class="sum">
          <div class="due">
            <span>Due today</span>
            <span class="money">{summary.dueToday}</span>
          </div>
        </div>
      ) : null}
    </div>
  </section>
);

const PayForm = ({ session, summary, lockedEmail, values, errors, failure }: CheckoutViewProps) => (
  <form class="form" method="post" action={`/c/pay/${session.id}`} novalidate>
    <h2 id="pay-title">{summary.asksForCard ? "Payment details" : "Your details"}</h2>
    {failure ? (
      <p class="notice bad" role="alert" tabindex={-1} data-focus>
        {failure}
      </p>
    ) : null}
    <Field
      name="email"
      label="Email"
      type="email"
      autocomplete="email"
      value={lockedEmail ?? values.email}
      readonly={lockedEmail !== undefined}
      error={errors.email}
    />
    {summary.asksForCard ? <CardFields values={values} errors={errors} /> : null}
    <button type="submit" class="button primary wide" data-busy="Processing…">
      {summary.button}
    </button>
    {summary.terms ? <p class="fine">{summary.terms}</p> : null}
  </form>
);
