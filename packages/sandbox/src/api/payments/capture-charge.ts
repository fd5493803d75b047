import { captureCharge } from "../../engine/payments/capture.js";
import { checkDescriptor, descriptorOf } from "../../engine/payments/statement-descriptor.js";
import { need } from "../../engine/world/find.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import type { Charge } from "../../engine/world/wire.js";
import { route } from "../params/route.js";

const checkCapturable = (charge: Charge, amount: number): void => {
  if (charge.payment_intent !== null)
    throw invalidRequest(
      `Charge ${charge.id} belongs to the PaymentIntent ${charge.payment_intent as string}; capture that instead.`,
      undefined,
      "charge",
    );
  if (charge.captured)
    throw invalidRequest(`Charge ${charge.id} has already been captured.`, "charge_already_captured");
  if (charge.status !== "succeeded")
    throw invalidRequest(`Charge ${charge.id} has a status of ${charge.status} and cannot be captured.`);
  if (charge.refunded)
    throw invalidRequest(
      `Charge ${charge.id} has been refunded or has expired and cannot be captured.`,
      "charge_expired_for_capture",
    );
  if (amount > charge.amount)
    throw invalidRequest(
      `Amount to capture (${amount}) is greater than the amount of the charge (${charge.amount}).`,
      "amount_too_large",
      "amount",
    );
  if (amount < 1)
    throw invalidRequest(
      "This value must be greater than or equal to 1.",
      "parameter_invalid_integer",
      "amount",
    );
};

/** `POST /v1/charges/:id/capture` */
export const captureChargeRoute = route(
  "POST /v1/charges/:id/capture",
  ["amount", "receipt_email", "statement_descriptor", "statement_descriptor_suffix"],
  ({ world, ctx, id, params }) => {
    const charge = need<Charge>(world.charges, "charge", id);
    const amount = params.amount ?? charge.amount;
    checkCapturable(charge, amount);
    for (const key of ["statement_descriptor", "statement_descriptor_suffix"] as const)
      checkDescriptor(params[key], key);
    for (const key of ["receipt_email", "statement_descriptor", "statement_descriptor_suffix"] as const)
      if (params[key] !== undefined) charge[key] = params[key] || null;
    charge.calculated_statement_descriptor = descriptorOf(
      charge.statement_descriptor,
      charge.statement_descriptor_suffix,
    );
    captureCharge(world, atCustomer(world, ctx, charge.customer as string | null), charge, amount);
    return charge;
  },
);
