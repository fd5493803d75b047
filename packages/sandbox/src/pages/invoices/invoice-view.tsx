/** @jsxImportSource hono/jsx */
import { CardFields } from "../cards/card-fields.js";
import type { CardFormErrors, CardFormValues } from "../cards/read-card-form.js";
import { formCss } from "../kit/form-css.js";
import { Page } from "../kit/page.js";
import type { Language } from "../words/messages-for.js";
import type { InvoiceDocument } from "./describe-invoice.js";
import { DueHead } from "./due-head.js";
import { invoiceCss } from "./invoice-css.js";
import { InvoiceSheet } from "./invoice-sheet.js";

/** Why the page is shown again, and what it may show of what was typed. */
export type InvoiceRefusal = { values: CardFormValues; errors: CardFormErrors; failure: string | undefined };

export type InvoiceViewProps = {
  doc: InvoiceDocument;
  language: Language;
  pdf: string;
  /** Where the form is sent, or undefined when there is nothing to pay. */
  payAt: string | undefined;
  refusal: InvoiceRefusal;
};

/** The hosted page of an invoice, payable or not. */
export const InvoiceView = (props: InvoiceViewProps) => {
  const { doc, language } = props;
  return (
    <Page title={`${doc.title} · ${doc.merchant}`} css={formCss + invoiceCss} language={language}>
      <main class="invoice">
        <section class="due" aria-labelledby="due-title">
          <DueHead doc={doc} />
          {props.payAt ? <PayForm {...props} payAt={props.payAt} /> : <Settled doc={doc} />}
          <a class="button wide" href={props.pdf} download>
            {language.text.invoice.download}
          </a>
        </section>
        <InvoiceSheet doc={doc} language={language} />
      </main>
    </Page>
  );
};

const noticeOf = {
  good: "notice good",
  soft: "notice soft",
  bad: "notice bad",
  none: "notice soft",
} as const;

const Settled = ({ doc }: { doc: InvoiceDocument }) => (
  <p class={noticeOf[doc.status.tone]} role="status">
    {doc.status.label}
  </p>
);

const PayForm = ({ doc, language, payAt, refusal }: InvoiceViewProps & { payAt: string }) => (
  <div class="panel">
    <h2>{language.text.invoice.payInvoice}</h2>
    <form class="form" method="post" action={payAt} novalidate>
      {refusal.failure ? (
        <p class="notice bad" role="alert" tabindex={-1} data-focus>
          {refusal.failure}
        </p>
      ) : null}
      <CardFields values={refusal.values} errors={refusal.errors} text={language.text} />
      <button type="submit" class="button primary wide" data-busy={language.text.frame.busy}>
        {language.text.pay.payAmount(doc.headline)}
      </button>
    </form>
  </div>
);
