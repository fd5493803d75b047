/**
 * Every code that Tollgate answers with, and the HTTP status that goes with it. One table, used by the
 * server's responses, by `billing.require` and by the React kit.
 *
 * @example
 * errorStatus.upgrade_required; // 402
 */
export const errorStatus = {
  // What was sent is not right
  stale_signature: 400,
  invalid_signature: 400,
  missing_signature: 400,
  plan_not_for_sale: 400,
  unknown_plan: 400,
  unknown_product: 400,
  unknown_price: 400,
  invalid_time: 400,
  invalid_feedback: 400,
  invalid_event: 400,
  invalid_quantity: 400,
  invalid_query: 400,
  invalid_body: 400,
  invalid_customer_id: 400,
  invalid_idempotency_key: 400,
  invalid_return_url: 400,
  amount_too_small: 400,
  amount_too_large: 400,
  promotion_code_refused: 400,
  invalid_json: 400,
  unknown_add_on: 400,
  // Nobody is signed in
  unauthenticated: 401,
  // The plan or a payment is missing
  upgrade_required: 402,
  payment_required: 402,
  payment_failed: 402,
  payment_overdue: 402,
  limit_reached: 402,
  // Not by this person, or not from there
  pause_not_offered: 403,
  forbidden: 403,
  cross_origin: 403,
  // There is no such thing
  callback_not_found: 404,
  event_not_found: 404,
  not_found: 404,
  checkout_not_found: 404,
  method_not_allowed: 405,
  body_too_slow: 408,
  // What is there does not allow it, or not yet
  invoice_not_open: 409,
  plan_in_use: 409,
  not_a_customer: 409,
  dispute_not_open: 409,
  offer_not_open: 409,
  already_paused: 409,
  already_subscribed: 409,
  too_many_subscriptions: 409,
  subscription_paused: 409,
  already_owned: 409,
  payment_method_in_use: 409,
  nothing_to_manage: 409,
  nothing_to_change: 409,
  nothing_to_refund: 409,
  payment_disputed: 409,
  customer_missing: 409,
  cancel_scheduled: 409,
  preview_outdated: 409,
  currency_conflict: 409,
  catalog_of_another_database: 409,
  usage_late: 409,
  subscription_incomplete: 409,
  subscription_ended: 409,
  payment_method_missing: 409,
  reconcile_running: 409,
  trial_running: 409,
  foreign_schedule: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  // Mistakes in the host app's set-up, and what nobody expected
  unknown_feature: 500,
  invalid_options: 500,
  raw_body_missing: 500,
  secret_key_in_browser: 500,
  store_unsuitable: 500,
  invalid_catalog: 500,
  internal: 500,
  price_not_pushed: 500,
  price_not_mapped: 500,
  // The provider can't
  provider_not_configured: 501,
  not_supported: 501,
  // The provider refuses
  provider_rejected: 502,
  provider_forbidden: 502,
  // What we depend on is out of reach
  provider_unavailable: 503,
  store_unavailable: 503,
  count_unavailable: 503,
  answer_repeated: 503,
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
