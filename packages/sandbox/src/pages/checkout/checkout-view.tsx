/** @jsxImportSource hono/jsx */

import { Field } from "../cards/card-fields.js";
import { brandCss } from "../format/brand-css.js";
import { formCss } from "../kit/form-css.js";
import { Page } from "../kit/page.js";
import type { Refusal } from "../payer/payer-part.js";
import { checkoutCss } from "./checkout-css.js";
import { DeliveryFields, ExtraFields } from "./extra-fields.js";
import { MethodFields } from "./method-fields.js";
import type { OpenCheckout } from "./open-checkout.js";
import { OrderColumn } from "./order-column.js";

type CheckoutViewProps = OpenCheckout & Refusal;

/** The whole page of an open session. */
export const CheckoutView = (props: CheckoutViewProps) => (
  <Page
    title={`${props.summary.title} · ${props.merchant}`}
    css={formCss + checkoutCss + brandCss(props.intent.order.branding_settings)}
    language={props.language}
    bare={props.embedded}
  >
    <main class={props.embedded ? "checkout embedded" : "checkout"}>
      <OrderColumn {...props} />
      <section class="pay" aria-labelledby="pay-title">
        <div>
          <PayForm {...props} />
        </div>
      </section>
    </main>
  </Page>
);

const PayForm = (props: CheckoutViewProps) => {
  const { session, summary, path, language, lockedEmail, values, errors, failure } = props;
  const { text } = language;
  return (
    <form class="form" method="post" action={path} novalidate>
      <h2 id="pay-title">{summary.asksForCard ? text.pay.details : text.pay.yourDetails}</h2>
      {failure ? (
        <p class="notice bad" role="alert" tabindex={-1} data-focus>
          {failure}
        </p>
      ) : null}
      <Field
        name="email"
        label={text.pay.email}
        type="email"
        autocomplete="email"
        value={lockedEmail ?? values.email}
        readonly={lockedEmail !== undefined}
        error={errors.email}
      />
      <DeliveryFields {...props} />
      {summary.asksForCard ? <MethodFields {...props} /> : null}
      <ExtraFields {...props} />
      <button type="submit" class="button primary wide" data-busy={text.frame.busy} data-pay>
        {summary.button}
      </button>
      {session.custom_text.submit ? <p class="fine">{session.custom_text.submit.message}</p> : null}
      {summary.terms ? (
        <p class="fine" data-terms>
          {summary.terms}
        </p>
      ) : null}
    </form>
  );
};
