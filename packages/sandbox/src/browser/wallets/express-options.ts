/** The wallets that Stripe.js knows, by the names of its options. */
export const wallets = {
  applePay: { type: "apple_pay", label: "Apple Pay" },
  googlePay: { type: "google_pay", label: "Google Pay" },
  link: { type: "link", label: "Link" },
  paypal: { type: "paypal", label: "PayPal" },
  amazonPay: { type: "amazon_pay", label: "Amazon Pay" },
  klarna: { type: "klarna", label: "Klarna" },
} as const;

export type WalletName = keyof typeof wallets;

/** Those that pay with a card behind them, which is what the sandbox can charge. */
const simulated = ["applePay", "googlePay", "link"] as const satisfies readonly WalletName[];

export interface ShippingRate {
  readonly id: string;
  /** In the currency's minor unit. */
  readonly amount: number;
  readonly displayName: string;
}

export interface LineItem {
  readonly name: string;
  readonly amount: number;
}

/** What a page asks of the wallet's sheet, with the element or when it resolves a click. */
export interface SheetOptions {
  readonly emailRequired?: boolean;
  readonly phoneNumberRequired?: boolean;
  readonly billingAddressRequired?: boolean;
  readonly shippingAddressRequired?: boolean;
  readonly allowedShippingCountries?: readonly string[];
  readonly shippingRates?: readonly ShippingRate[];
  readonly lineItems?: readonly LineItem[];
  readonly business?: { readonly name: string };
}

/** The ExpressCheckoutElement options that the buttons obey. */
export interface ExpressOptions extends SheetOptions {
  readonly buttonHeight?: number;
  readonly buttonTheme?: Readonly<Record<string, string>>;
  readonly layout?: { readonly maxColumns?: number; readonly maxRows?: number; readonly overflow?: string };
  readonly paymentMethodOrder?: readonly string[];
  readonly paymentMethods?: Readonly<Partial<Record<WalletName, "always" | "auto" | "never">>>;
  readonly wallets?: Readonly<Partial<Record<WalletName, "always" | "auto" | "never">>>;
  readonly [ignored: string]: unknown;
}

/** The wallets that get a button, in the order that the page asks for. */
export function decideWallets(options: ExpressOptions): WalletName[] {
  const order = (options.paymentMethodOrder ?? []).map((name) => name.replaceAll("_", "").toLowerCase());
  const place = (name: WalletName): number => {
    const at = order.indexOf(name.toLowerCase());
    return at === -1 ? order.length : at;
  };
  const asked = { ...options.wallets, ...options.paymentMethods };
  return simulated.filter((name) => asked[name] !== "never").sort((a, b) => place(a) - place(b));
}

/** What the `ready` event says is there. */
export function describeWallets(options: ExpressOptions): Record<WalletName, boolean> | undefined {
  const there = decideWallets(options);
  if (there.length === 0) return undefined;
  const names = Object.keys(wallets) as WalletName[];
  return Object.fromEntries(names.map((name) => [name, there.includes(name as never)])) as Record<
    WalletName,
    boolean
  >;
}
