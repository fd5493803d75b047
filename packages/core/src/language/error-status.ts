/**
 * Every code that Tollgate answers with, and the HTTP status that goes with it. One table, used by the
 * server's responses, by `billing.require` and by the React kit.
 *
 * @example
 * errorStatus.upgrade_required; // 402
 */
export const errorStatus = {
  // Who is asking
  unauthenticated: 401,
  forbidden: 403,
  cross_origin: 403,
  rate_limited: 429,
  // What the plan allows
  upgrade_required: 402,
  limit_reached: 402,
  payment_required: 402,
  payment_overdue: 402,
  payment_failed: 402,
  // What was sent
  invalid_body: 400,
  invalid_json: 400,
  invalid_query: 400,
  invalid_return_url: 400,
  unsupported_media_type: 415,
  body_too_large: 413,
  body_too_slow: 408,
  unknown_plan: 400,
  unknown_product: 400,
  unknown_price: 400,
  invalid_quantity: 400,
  invalid_customer_id: 400,
  invalid_idempotency_key: 400,
  plan_not_for_sale: 400,
  amount_too_small: 400,
  promotion_code_refused: 400,
  amount_too_large: 400,
  invalid_time: 400,
  invalid_feedback: 400,
  // What is there
  not_found: 404,
  method_not_allowed: 405,
  checkout_not_found: 404,
  callback_not_found: 404,
  event_not_found: 404,
  already_subscribed: 409,
  already_owned: 409,
  currency_conflict: 409,
  too_many_subscriptions: 409,
  not_a_customer: 409,
  customer_missing: 409,
  nothing_to_manage: 409,
  nothing_to_change: 409,
  preview_outdated: 409,
  invoice_not_open: 409,
  subscription_ended: 409,
  subscription_incomplete: 409,
  subscription_paused: 409,
  cancel_scheduled: 409,
  foreign_schedule: 409,
  // Resuming and pausing
  already_paused: 409,
  offer_not_open: 409,
  trial_running: 409,
  payment_method_missing: 409,
  payment_method_in_use: 409,
  pause_not_offered: 403,
  // Paying back
  nothing_to_refund: 409,
  payment_disputed: 409,
  // Operators
  reconcile_running: 409,
  catalog_of_another_database: 409,
  plan_in_use: 409,
  // Webhooks
  missing_signature: 400,
  invalid_signature: 400,
  stale_signature: 400,
  invalid_event: 400,
  raw_body_missing: 500,
  // What we depend on
  provider_unavailable: 503,
  answer_repeated: 503,
  provider_rejected: 502,
  provider_forbidden: 502,
  not_supported: 501,
  provider_not_configured: 501,
  price_not_pushed: 500,
  price_not_mapped: 500,
  store_unavailable: 503,
  store_unsuitable: 500,
  // Mistakes in the host app's own set-up
  invalid_options: 500,
  invalid_catalog: 500,
  unknown_feature: 500,
  secret_key_in_browser: 500,
  internal: 500,
} as const satisfies Record<string, number>;

/** A stable, documented reason; messages may change, codes do not. */
export type ErrorCode = keyof typeof errorStatus;

/**
 * Whether `code` (from a response of unknown origin) is one of ours.
 *
 * @example
 * isErrorCode("upgrade_required"); // true
 * isErrorCode("toString"); // false
 */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(errorStatus, code);
}
