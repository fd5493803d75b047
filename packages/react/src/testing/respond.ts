import { BillingError, type ErrorCode } from "@tollgate/core";
import { errorResponse } from "@tollgate/core/contract";

/** The part of a zod schema that is needed to check an answer. */
interface Schema<T> {
  parse(value: unknown): T;
}

/** An answer that the contract allows, or an exception that says where it does not. */
export function respond<T>(schema: Schema<T>, body: T, status = 200): Response {
  return Response.json(schema.parse(body), { status });
}

/** A refusal with the code's own status. */
export function refuse(code: ErrorCode, message: string): Response {
  return refuseWith(new BillingError(code, message));
}

export function refuseWith(error: BillingError): Response {
  return respond(errorResponse, error.toJSON(), error.status);
}
