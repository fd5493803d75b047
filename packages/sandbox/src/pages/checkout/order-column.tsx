/** @jsxImportSource hono/jsx */

import { BackLink } from "../kit/page.js";
import type { Refusal } from "../payer/payer-part.js";
import type { OrderLine } from "../totals/describe-order-line.js";
import type { OpenCheckout } from "./open-checkout.js";

type OrderColumnProps = OpenCheckout & Refusal;

/** What is bought, what it costs now and later, and which parts the customer may change. */
export const OrderColumn = (props: OrderColumnProps) => {
  const { session, summary, merchant, language, embedded } = props;
  const { order } = language.text;
  return (
    <section class="order" aria-labelledby="order-title">
      <div>
        {session.cancel_url ? (
          <BackLink href={session.cancel_url}>{order.back(merchant)}</BackLink>
        ) : embedded ? null : (
          <p class="muted small">{merchant}</p>
        )}
        <h1 id="order-title">{summary.title}</h1>
        <p class="total">
          <span class={/\d/.test(summary.headline) ? "money" : "words"}>{summary.headline}</span>
          {summary.headlineDetail ? <span class="per">{summary.headlineDetail}</span> : null}
        </p>
        {summary.later ? <p class="later">{summary.later}</p> : null}
        {summary.lines.length > 0 ? (
          <ul class="lines">
            {summary.lines.map((line) => (
              <Line key={line.id} line={line} {...props} />
            ))}
          </ul>
        ) : null}
        <Code {...props} />
        <Totals {...props} />
      </div>
    </section>
  );
};

const Line = ({ line, ...props }: OrderColumnProps & { line: OrderLine }) => {
  const { order } = props.language.text;
  const several = props.summary.lines.filter(({ choice }) => choice).length > 1;
  return (
    <li class="line">
      <span class="name">{line.name}</span>
      <span class="money">{line.amount}</span>
      {line.detail ? <span class="muted small">{line.detail}</span> : null}
      {line.choice ? (
        <form class="inline" method="post" action={`${props.path}/order`} data-order>
          <div class="field">
            <label for={`field-${line.id}`}>{several ? order.quantityOf(line.name) : order.quantity}</label>
            <input
              id={`field-${line.id}`}
              name={`quantity.${line.id}`}
              type="number"
              min={line.choice.minimum}
              max={line.choice.maximum}
              value={line.choice.quantity}
            />
          </div>
          <button type="submit" class="button">
            {order.update}
          </button>
        </form>
      ) : null}
      {line.choice && props.errors.quantity ? (
        <p class="error" role="alert">
          {props.errors.quantity}
        </p>
      ) : null}
    </li>
  );
};

const Code = ({ session, summary, path, code, language, values, errors }: OrderColumnProps) => {
  const { order } = language.text;
  if (session.allow_promotion_codes !== true || summary.lines.length === 0) return null;
  if (code)
    return (
      <form class="code" method="post" action={`${path}/order`} data-order>
        <input type="hidden" name="code" value="" />
        <span class="tag">{code}</span>
        <button type="submit" class="link" aria-label={order.removeCode(code)}>
          {order.removeCode("").trim()}
        </button>
      </form>
    );
  return (
    <form class="inline" method="post" action={`${path}/order`} data-order novalidate>
      <div class="field">
        <label for="field-code">{order.code}</label>
        <input
          id="field-code"
          name="code"
          autocomplete="off"
          spellcheck={false}
          value={values.code ?? ""}
          {...(errors.code ? { "aria-invalid": "true" as const, "aria-describedby": "error-code" } : {})}
        />
      </div>
      <button type="submit" class="button">
        {order.apply}
      </button>
      {errors.code ? (
        <p class="error" id="error-code" role="alert">
          {errors.code}
        </p>
      ) : null}
    </form>
  );
};

const Totals = ({ summary, shipping, path, language }: OrderColumnProps) => {
  const { order, pay } = language.text;
  return (
    <>
      {shipping.length > 1 ? (
        <form class="shipping" method="post" action={`${path}/order`} data-order>
          <fieldset class="choices">
            <legend>{pay.shippingMethod}</legend>
            {shipping.map((option) => (
              <label key={option.id} class="choice">
                <input type="radio" name="shipping_rate" value={option.id} checked={option.chosen} />
                <span>{option.name}</span>
                <span class="money">{option.amount}</span>
              </label>
            ))}
          </fieldset>
          <button type="submit" class="button" data-needless>
            {order.update}
          </button>
        </form>
      ) : null}
      {summary.dueToday ? (
        <dl class="sum">
          {summary.totals.map(({ label, amount }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd class="money">{amount}</dd>
            </div>
          ))}
          <div class="due">
            <dt>{order.dueToday}</dt>
            <dd class="money">{summary.dueToday}</dd>
          </div>
        </dl>
      ) : null}
    </>
  );
};
