import { StripeError } from "../engine/stripe-error.js";

export type Keys = { secretKey: string; publishableKey: string };

const keyOf = (request: Request): string | null => {
  const header = request.headers.get("authorization") ?? "";
  const [scheme = "", value = ""] = header.split(" ");
  if (/^bearer$/i.test(scheme)) return value;
  // Basic auth: the key is the user name, with no password.
  if (/^basic$/i.test(scheme)) {
    try {
      return atob(value).split(":")[0] ?? null;
    } catch {
      return null;
    }
  }
  return null;
};

/** Stripe shows the start and the end of a wrong key, and so do we. */
const redact = (key: string): string =>
  key.length > 12 ? `${key.slice(0, 8)}${"*".repeat(8)}${key.slice(-4)}` : "*".repeat(key.length);

const refuse = (message: string): StripeError =>
  new StripeError(401, { type: "invalid_request_error", message });

/** Which of the two keys the request carries; throws Stripe's 401 for any other. */
export const authorize = (
  request: Request,
  keys: Keys,
  given: string | undefined,
): "publishable" | "secret" => {
  const key = keyOf(request) ?? given ?? null;
  if (key === null || key === "")
    throw refuse(
      "You did not provide an API key. You need to provide your API key in the Authorization header, " +
        "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  if (key === keys.secretKey) return "secret";
  if (key === keys.publishableKey) return "publishable";
  throw refuse(`Invalid API Key provided: ${redact(key)}`);
};
