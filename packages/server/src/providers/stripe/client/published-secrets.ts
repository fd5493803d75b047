/**
 * Webhook secrets that everybody can read: those that the sandbox and the demo sign with unless they are given others.
 * A test compares them with what those use.
 */
export const publishedSecrets: ReadonlySet<string> = new Set(["whsec_tollgate", "whsec_tollgate_sandbox"]);

/** Secret keys that everybody can read: the sandbox's and the demo's. Stripe knows neither. */
export const publishedKeys: ReadonlySet<string> = new Set(["sk_test_tollgate", "sk_test_tollgate_sandbox"]);
