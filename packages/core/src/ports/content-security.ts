/**
 * Where a person pays: on the provider's own page, in a frame from the provider, in fields on a page of the app, in what
 * a script of the provider lays over such a page, or in a component of the provider's, which opens it by itself.
 */
export type CheckoutKind = "hosted" | "embedded" | "elements" | "overlay" | "component";

/** The directives of a Content-Security-Policy that concern paying. */
export type PaymentDirective = "script-src" | "frame-src" | "connect-src" | "img-src" | "form-action";

/** What a page has to allow, by directive: `{ "frame-src": ["https://js.stripe.com"] }`. */
export type ContentSecurity = Readonly<Partial<Record<PaymentDirective, readonly string[]>>>;
