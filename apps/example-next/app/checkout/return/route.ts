import { BillingError } from "@tollgate/server";
import { redirect } from "next/navigation";
import { billing } from "../../../billing/server";

/**
 * Where checkout comes back to. Reads the result from Stripe at once, so the next page is right in its
 * first HTML even if the webhook is late.
 */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const isDone = await isPaid(request, searchParams.get("checkout") ?? "");
  if (searchParams.get("for") === "credits") redirect("/assistant");
  redirect(isDone ? "/reports" : "/");
}

async function isPaid(request: Request, checkoutId: string): Promise<boolean> {
  try {
    const { status } = await billing.settleCheckout(request, checkoutId);
    return status === "complete";
  } catch (error) {
    if (error instanceof BillingError && error.code === "checkout_not_found") return false;
    throw error;
  }
}
