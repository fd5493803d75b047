/** The version of Stripe's API that the sandbox speaks; a test holds it to the installed SDK's own. */
export const apiVersion = "2026-10-28.endive";
