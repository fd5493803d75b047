"use server";

import { BillingError } from "@tollgate/core";
import { currentRequest } from "@tollgate/server/next";
import { revalidatePath } from "next/cache";
import { billing } from "../../billing/server";

/** Sends them if they may be sent: what is allowed is checked and counted in one step. */
export async function send(_before: string | null, form: FormData): Promise<string | null> {
  const { customerId } = (await billing.access(await currentRequest())).state;
  if (customerId === null) return "Sign in first.";
  const quantity = form.get("count") === "5" ? 5 : 1;
  const idempotencyKey = String(form.get("key"));
  try {
    await billing.usage.record({ customerId, feature: "messages", quantity, idempotencyKey });
  } catch (error) {
    if (!(error instanceof BillingError)) throw error;
    revalidatePath("/messages");
    return sayRefusal(error, quantity);
  }
  // This is where your app sends them.
  revalidatePath("/messages");
  return null;
}

function sayRefusal(error: BillingError, quantity: number): string {
  const left = error.code === "limit_reached" ? error.details?.remaining : undefined;
  if (typeof left !== "number") return error.publicMessage ?? error.message;
  return left === 0
    ? "Nothing was sent: all are used."
    : `Nothing was sent: you have ${left} left, and wanted ${quantity}.`;
}
