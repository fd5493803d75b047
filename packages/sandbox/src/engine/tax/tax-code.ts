import { StripeError } from "../world/stripe-error.js";
import type { TaxCode } from "../world/wire.js";

/**
 * Some of Stripe's tax codes: the general ones, and those that digital services are sold under. Stripe has some 600.
 * https://docs.stripe.com/tax/tax-codes, https://docs.stripe.com/tax/digital-products (whose descriptions are shortened)
 */
const known: ReadonlyArray<readonly [id: string, name: string, description: string]> = [
  [
    "txcd_00000000",
    "Nontaxable",
    "Any nontaxable good or service which can be used to ensure no tax is applied, even for jurisdictions that impose a tax.",
  ],
  [
    "txcd_10000000",
    "General - Electronically Supplied Services",
    "A digital service provided mainly through the internet with minimal human involvement, relying on information technology.",
  ],
  [
    "txcd_10103000",
    "Software as a Service (SaaS) - Personal Use",
    "Cloud-based software delivered entirely via the internet to consumers.",
  ],
  [
    "txcd_10103001",
    "Software as a Service (SaaS) - Business Use",
    "Cloud-based software delivered entirely via the internet to businesses.",
  ],
  [
    "txcd_10202000",
    "Downloadable Software - Personal Use",
    "Prewritten software that buyers download for personal use.",
  ],
  [
    "txcd_10202003",
    "Downloadable Software - Business Use",
    "Prewritten software that buyers download for business use.",
  ],
  [
    "txcd_10401100",
    "Digital Audio Works - Downloaded - Non Subscription - With Permanent Rights",
    "Downloadable music, podcasts, or other audio with permanent access.",
  ],
  [
    "txcd_10401200",
    "Digital Audio Works - Streamed - Subscription - With Conditional Rights",
    "Audio streaming services with access tied to a subscription.",
  ],
  ["txcd_20030000", "General - Services", "Services of people, where no more specific code fits."],
  [
    "txcd_99999999",
    "General - Tangible Goods",
    "Any tangible or physical good. For jurisdictions that impose a tax, the standard rate is applied.",
  ],
];

const toCode = ([id, name, description]: (typeof known)[number]): TaxCode => ({
  id,
  object: "tax_code",
  description,
  name,
  requirements: null,
});

/** The tax codes that the sandbox knows. */
export const taxCodes = (): TaxCode[] => known.map(toCode);

/** A tax code, or a refusal that says why one of Stripe's own may be missing. */
export const needTaxCode = (id: string): TaxCode => {
  const found = known.find(([one]) => one === id);
  if (found) return toCode(found);
  const real = /^txcd_\d{8}$/.test(id)
    ? " The sandbox describes only some of Stripe's tax codes; products take any."
    : "";
  throw new StripeError(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    doc_url: "https://stripe.com/docs/error-codes/resource-missing",
    message: `No such tax code: '${id}'${real}`,
    param: "id",
  });
};
