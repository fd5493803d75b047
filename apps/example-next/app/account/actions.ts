"use server";

import { BillingError } from "@tollgate/core";
import { currentRequest } from "@tollgate/server/next";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { billing } from "../../billing/server";
import { reasonOf } from "./cancel/reasons";

/** What went wrong, in a sentence; `null`: nothing. */
type Problem = string | null;

export async function undoChange(): Promise<Problem> {
  return act((customerId) => billing.subscriptions.undoChange({ customerId }));
}

/** Withdraws a cancellation that is ahead, or ends a pause. */
export async function resume(): Promise<Problem> {
  return act((customerId) => billing.subscriptions.resume({ customerId }));
}

export async function pause(): Promise<Problem> {
  return act((customerId) => billing.subscriptions.pause({ customerId }));
}

/** Cancels with the period's end, and keeps what the person said. */
export async function cancel(_before: Problem, form: FormData): Promise<Problem> {
  const reason = reasonOf(form.get("reason"));
  const feedback = String(form.get("feedback") ?? "").trim();
  const problem = await act((customerId) =>
    billing.subscriptions.cancel({ customerId, ...(reason && { reason }), ...(feedback && { feedback }) }),
  );
  if (problem === null) redirect("/account");
  return problem;
}

/** Who asks is read from the session, never from the form. */
async function act(change: (customerId: string) => Promise<unknown>): Promise<Problem> {
  const { customerId, canManage } = (await billing.access(await currentRequest())).state;
  if (customerId === null || !canManage) return "Ask somebody who manages billing to do that.";
  try {
    await change(customerId);
  } catch (error) {
    if (error instanceof BillingError) return error.publicMessage ?? error.message;
    throw error;
  }
  revalidatePath("/", "layout");
  return null;
}
