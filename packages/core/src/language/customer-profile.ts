/** What a customer has at the provider that the app knows too. */
export type ProfileField = "email" | "name";

/** What is known of one of them. */
export interface KnownField {
  readonly value: string | null;
  /**
   * Who said it last: `identify` says it with a click, the app by `billing.customers.update`, and it may be changed at
   * the `provider`, on its pages or by its dashboard.
   */
  readonly by: "identify" | "app" | "provider";
  /** Not given to the provider yet. */
  readonly waits?: true;
}

/** What is known of a customer at a provider; a field that is absent is not known. */
export type CustomerProfile = { readonly [F in ProfileField]?: KnownField };

/** A field's value; `null` and absent: nothing is said about it. */
export type ProfileWish = { readonly [F in ProfileField]?: string | null | undefined };
