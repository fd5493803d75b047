import { BillingError, isTaxBehaviors, type TaxBehaviors } from "@tollgate/core";

/** What Stripe is asked for besides the money, wherever it bills. */
export interface StripeTerms {
  /**
   * `automatic`: Stripe Tax works out the tax of checkouts, subscriptions, changes of them and single charges. It needs
   * a head office and a registration in your account, or it collects nothing: `billing.health()` says so
   * (https://docs.stripe.com/tax/set-up). Checkouts then ask for the place that tax depends on, and write it, and the
   * name on a business's tax id, to the customer at Stripe. @default no tax
   */
  readonly tax?: "automatic";
  /**
   * Whether checkouts let businesses give their tax id (`optional`), or insist where Stripe can (`required`, which
   * Stripe does not have for `elements`: these checkouts are then not sold). @default "optional" with `tax`, else "none"
   */
  readonly taxIds?: "none" | "optional" | "required";
  /**
   * Whether prices contain tax, where the catalog does not say: one for all, or by currency. @default the account's
   * setting (https://dashboard.stripe.com/settings/tax)
   */
  readonly taxBehavior?: TaxBehaviors;
  /** The tax code of plans, products and add-ons, where the catalog does not say: `txcd_…`. @default the account's setting */
  readonly taxCode?: string;
  /** Whether checkouts ask for the billing address always, or only where a payment needs it. @default "auto" */
  readonly billingAddress?: "auto" | "required";
  /**
   * What checkouts ask people to agree to. `terms`: your terms of service, whose page is set in the dashboard
   * (https://dashboard.stripe.com/settings/public), without which Stripe refuses every checkout (`invalid_options`); that they were accepted is stored,
   * exported, and evidence in a dispute. `promotions`: news about offers, where the law wants to be asked; stored too.
   * @default nothing
   */
  readonly consent?: { readonly terms?: "required"; readonly promotions?: "auto" };
  /**
   * When a card's holder is asked by their bank: where Stripe and the law want it (`automatic`), whenever the card can
   * (`any`), or with a challenge wherever possible (`challenge`). It holds for the checkout, and for payments of its
   * subscription at which the person is there. https://docs.stripe.com/payments/3d-secure/authentication-flow
   * @default "automatic"
   */
  readonly threeDSecure?: "automatic" | "any" | "challenge";
  /**
   * Whether Stripe sells in its own name, and takes care of taxes, fraud and disputes: Managed Payments
   * (https://docs.stripe.com/payments/managed-payments). Everything for sale then needs a `taxCode` of something
   * digital; checkouts are `hosted` or `embedded`; `tax`, `taxIds` and `threeDSecure` are Stripe's own matter; and
   * a subscription sold so changes with the next invoice or at the end of its period, never at once.
   * @default false, whatever the account's own default is
   */
  readonly managedPayments?: boolean;
}

/** The terms as they were meant. */
export interface BillingTerms {
  readonly automaticTax: boolean;
  readonly taxIds: "none" | "optional" | "required";
  readonly taxBehavior: TaxBehaviors | undefined;
  readonly taxCode: string | undefined;
  /** `null`: left to Stripe's default. */
  readonly billingAddress: "auto" | "required" | null;
  readonly terms: boolean;
  readonly promotions: boolean;
  readonly threeDSecure: "automatic" | "any" | "challenge";
  readonly managed: boolean;
}

const choices = {
  tax: ["automatic"],
  taxIds: ["none", "optional", "required"],
  billingAddress: ["auto", "required"],
  threeDSecure: ["automatic", "any", "challenge"],
  managedPayments: [true, false],
} as const satisfies Partial<Record<keyof StripeTerms, readonly unknown[]>>;

/** @throws BillingError `invalid_options` for what Stripe does not have, or not together */
export function readStripeTerms(options: StripeTerms): BillingTerms {
  for (const [name, known] of Object.entries(choices)) {
    const given = options[name as keyof typeof choices];
    if (given !== undefined && !known.some((one) => one === given)) {
      refuseTerms(`\`${name}\` must be ${known.map((one) => JSON.stringify(one)).join(" or ")}`);
    }
  }
  const { tax, taxBehavior, taxCode, billingAddress, consent = {} } = options;
  if (taxBehavior !== undefined && !isTaxBehaviors(taxBehavior)) {
    refuseTerms('`taxBehavior` must be "exclusive" or "inclusive", or one of them for each currency');
  }
  if (taxCode !== undefined && !isTaxCode(taxCode)) refuseTerms("`taxCode` must be like txcd_10103001");
  if (consent.terms !== undefined && consent.terms !== "required") {
    refuseTerms('`consent.terms` must be "required"');
  }
  if (consent.promotions !== undefined && consent.promotions !== "auto") {
    refuseTerms('`consent.promotions` must be "auto"');
  }
  const managed = options.managedPayments ?? false;
  if (managed) checkManagedTerms(options);
  return {
    automaticTax: tax === "automatic",
    taxIds: options.taxIds ?? (tax === "automatic" ? "optional" : "none"),
    taxBehavior,
    taxCode,
    billingAddress: billingAddress ?? null,
    terms: consent.terms === "required",
    promotions: consent.promotions === "auto",
    threeDSecure: options.threeDSecure ?? "automatic",
    managed,
  };
}

/** What Stripe refuses beside them: https://docs.stripe.com/payments/managed-payments/update-checkout */
function checkManagedTerms(options: StripeTerms): void {
  const given = (["tax", "taxIds", "threeDSecure"] as const).find((name) => options[name] !== undefined);
  if (given !== undefined) {
    refuseTerms(
      `leave out \`${given}\`: with \`managedPayments\`, where Stripe sells itself, it decides that`,
    );
  }
}

export function isTaxCode(code: string): boolean {
  return /^txcd_\d{8}$/.test(code);
}

function refuseTerms(problem: string): never {
  throw new BillingError("invalid_options", `stripe: ${problem}.`);
}
