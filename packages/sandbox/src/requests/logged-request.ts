import type { StripeErrorBody } from "../engine/world/stripe-error.js";

/** A request to the API and its answer, without secrets. */
export type LoggedRequest = {
  /** The `Request-Id` of its answer. */
  id: string;
  /** The account that it was for. */
  account: string;
  /** ISO 8601, by the sandbox's clock. */
  at: string;
  method: string;
  /** Such as `/v1/customers/cus_123`. */
  path: string;
  /** Such as `/v1/customers/:id`; null: the sandbox has nothing there. */
  route: string | null;
  /** The parameters as they were sent, scalars as texts. */
  params: Record<string, unknown>;
  /** The API version that it asked for; null: none. */
  version: string | null;
  key: "none" | "publishable" | "secret";
  /** Who asked: an app, or a scenario that was played. */
  by: "app" | "scenario";
  status: number;
  /** Why it was refused; null: it was not. */
  error: Pick<StripeErrorBody, "code" | "decline_code" | "message" | "param" | "type"> | null;
  /** The beginning of the answer, 16 kB at most. */
  answer: string;
  durationMs: number;
};

/** Whether a request was refused. */
export const isRefused = ({ status }: Pick<LoggedRequest, "status">): boolean => status >= 400;
