/** @jsxImportSource hono/jsx */
import { CardFields, Field } from "./card-fields.js";
import { checkoutCss } from "./checkout-css.js";
import type { QuantityChoice } from "./choose-quantity.js";
import { formCss } from "./form-css.js";
import type { OpenCheckout } from "./open-checkout.js";
import { BackLink, Page } from "./page.js";
import type { Refusal } from "./read-payer.js";

type CheckoutViewProps = OpenCheckout & Refusal;

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

const Order = ({ session, summary, merchant, choice }: CheckoutViewProps) => (
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
        {summary.headlineDetail ? <span class="per">{summary.headlineDetail}</span> : null}
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
      {choice ? <Quantity choice={choice} /> : null}
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

const Quantity = ({ choice }: { choice: QuantityChoice }) => (
  <form class="quantity" method="get">
    <div class="field">
      <label for="field-quantity">Quantity</label>
      <input
        id="field-quantity"
        name="quantity"
        type="number"
        min={choice.minimum}
        max={choice.maximum}
        value={choice.quantity}
      />
    </div>
    <button type="submit" class="button">
      Update
    </button>
  </form>
);

const PayForm = ({ session, summary, choice, lockedEmail, values, errors, failure }: CheckoutViewProps) => (
  <form class="form" method="post" action={`/c/pay/${session.id}`} novalidate>
    {choice ? <input type="hidden" name="quantity" value={choice.quantity} /> : null}
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
