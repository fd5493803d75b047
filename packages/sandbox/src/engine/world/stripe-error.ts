/** The `error` object of Stripe's error envelope. */
export type StripeErrorBody = {
  type:
    | "api_error"
    | "card_error"
    | "idempotency_error"
    | "invalid_request_error"
    | "temporary_session_expired";
  message: string;
  code?: string;
  decline_code?: string;
  advice_code?: string;
  network_advice_code?: string;
  network_decline_code?: string;
  param?: string;
  doc_url?: string;
  charge?: string;
  payment_intent?: Record<string, unknown>;
  setup_intent?: Record<string, unknown>;
  payment_method?: Record<string, unknown>;
};

/** A refusal with the status and body that Stripe would answer. */
export class StripeError extends Error {
  override readonly name = "StripeError";
  constructor(
    readonly status: number,
    readonly body: StripeErrorBody,
  ) {
    super(body.message);
  }
}

const docs = (code: string): string => `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`;

/** A 400 that blames one parameter. */
export const invalidRequest = (message: string, code?: string, param?: string): StripeError =>
  new StripeError(400, {
    type: "invalid_request_error",
    message,
    ...(code ? { code, doc_url: docs(code) } : {}),
    ...(param ? { param } : {}),
  });

/** What a 404 blames: the request's target, or whoever it is about. */
const targets: readonly string[] = ["id", "intent", "customer"];

/** Stripe's 404 when the object is the request's target or its customer, and its 400 when another parameter names it. */
export const missing = (
  kind: string,
  id: string,
  param = "id",
  status = targets.includes(param) ? 404 : 400,
): StripeError =>
  new StripeError(status, {
    type: "invalid_request_error",
    code: "resource_missing",
    doc_url: docs("resource_missing"),
    message: `No such ${kind}: '${id}'`,
    param,
  });

/** A 402: the card's issuer, or a check of the card itself, said no. */
export const cardError = (body: Omit<StripeErrorBody, "type">): StripeError =>
  new StripeError(402, { type: "card_error", ...(body.code ? { doc_url: docs(body.code) } : {}), ...body });
