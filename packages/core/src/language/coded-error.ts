import type { ErrorCode, errorStatus } from "./error-status.js";

/** The JSON body of every refusal: `{ "error": { "code", "message", "details?" } }`. */
export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly details?: ErrorDetails;
  };
}

/** What helps the caller act: which key was wrong, which plan would open the feature, until when. */
export interface ErrorDetails {
  readonly [key: string]:
    | string
    | number
    | boolean
    | null
    | readonly string[]
    | ErrorDetails
    | readonly ErrorDetails[];
}

/** What a `BillingError` is made with, besides its code and message. */
export interface BillingErrorOptions {
  readonly details?: ErrorDetails | undefined;
  readonly cause?: unknown;
  /** What the caller is told instead of the message, where that is for whoever runs the app. @default the message */
  readonly publicMessage?: string;
}

/** The status that goes with a code. */
type StatusOf<C extends ErrorCode> = (typeof errorStatus)[C];

/**
 * A `BillingError` that is given its status, and so doesn't pull in the whole table: code in the browser throws it,
 * where the status comes with the server's answer. `instanceof BillingError` is true for it.
 *
 * @example
 * throw new CodedError("unknown_feature", 500, "The catalog has no such feature.");
 */
export class CodedError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly status: number;
  readonly details: ErrorDetails | undefined;
  /** What the caller is told instead of `message`. */
  declare readonly publicMessage?: string;

  constructor(code: C, status: StatusOf<C>, message: string, options: BillingErrorOptions = {}) {
    super(message, options);
    this.name = "BillingError";
    this.code = code;
    this.status = status;
    this.details = options.details;
    const { publicMessage } = options;
    if (publicMessage !== undefined) this.publicMessage = publicMessage;
  }

  /** `status`, under the name that Fastify and others look for. */
  get statusCode(): number {
    return this.status;
  }

  /** The headers of an answer with this error: it is JSON, and no cache may keep why one person is refused. */
  get headers(): Readonly<Record<string, string>> {
    const { retryAfterSeconds } = this.details ?? {};
    return {
      "cache-control": "no-store",
      "content-type": "application/json; charset=utf-8",
      ...(this.code === "rate_limited" &&
        retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
    };
  }

  /** The body of an answer: what the caller may know. */
  toJSON(): ErrorBody {
    const { code, details, publicMessage: message = this.message } = this;
    return { error: { code, message, ...(details && { details }) } };
  }

  /**
   * The whole answer, for anything that speaks the Fetch API.
   *
   * @example
   * function refuse(error: unknown): Response {
   *   if (error instanceof BillingError) return error.toResponse();
   *   throw error;
   * }
   */
  toResponse(): Response {
    // Its body, its status and its headers.
    return Response.json(this, this);
  }

  /** `toResponse`, under the name that Hono looks for on what is thrown. */
  getResponse(): Response {
    return this.toResponse();
  }
}
