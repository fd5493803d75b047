import * as z from "zod";
import type { ErrorBody, ErrorDetails } from "../language/coded-error.js";
import { type ErrorCode, errorStatus } from "../language/error-status.js";

const errorCode = z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]);
const scalars = [z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())] as const;
/** What a refusal says besides: values, lists and groups of them. */
export const errorDetails: z.ZodType<ErrorDetails> = z.lazy(() =>
  z.record(z.string(), z.union([...scalars, errorDetails, z.array(errorDetails)])),
);

/** The body of every refusal. */
export const errorResponse: z.ZodType<ErrorBody> = z.strictObject({
  error: z.union([
    z.strictObject({ code: errorCode, message: z.string(), details: errorDetails }),
    z.strictObject({ code: errorCode, message: z.string() }),
  ]),
});
export type ErrorResponse = ErrorBody;
