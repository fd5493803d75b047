/** What a customer may do on a provider's own pages: what they can't do there is not offered. */
export interface PortalAbility {
  /** Whether a subscription can be cancelled there. */
  readonly cancels: boolean;
  /** How many plans a subscription can be switched between there; `null`: none at all. */
  readonly switches: { readonly plansAtMost: number } | null;
}

/** The providers, where there are several: the one that sells, and what each one's portal can do. */
export interface SeveralProviders {
  readonly seller: string;
  /** Whether it opens a checkout for us, and not in a component of its own. @default true */
  readonly opensCheckouts?: boolean;
  /** By provider: a subscription of one that is not here runs on, and can't be managed. */
  readonly portals: Readonly<Record<string, PortalAbility>>;
  /** Those that change a subscription for us, outside of any portal. @default every one */
  readonly changers?: readonly string[];
}
