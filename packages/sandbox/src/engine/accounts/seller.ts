/** What Stripe knows of whoever owns a connected account, and how far it trusts them. */
export type Seller = {
  /** What has been told, by the names of requirements. */
  told: string[];
  /** The capabilities that were asked for, and when, in seconds. */
  requested: Record<string, number>;
  /** Whether the onboarding form was sent. */
  submitted: boolean;
  /** Why the platform or Stripe turned them away. */
  rejected: "platform_fraud" | "platform_other" | "platform_terms_of_service" | null;
};

/** A link to the onboarding form, by the token in its address. */
export type HiddenLink = {
  account: string;
  expires_at: number;
  refresh_url: string;
  return_url: string;
  /** It works once: whoever opens it again is sent to ask for another. */
  opened: boolean;
  /** Whether the form was sent. */
  done: boolean;
};
