"use server";

import { BillingError } from "@tollgate/core";
import { currentRequest } from "@tollgate/server/next";
import { revalidatePath } from "next/cache";
import { billing } from "../../billing/server";
import { answer } from "./slow-model";

/** As many as the longest answer costs. */
const most = 60;

type Answer =
  | { readonly kind: "answered"; readonly words: string; readonly used: number; readonly freed: number }
  | { readonly kind: "refused"; readonly why: string };

/** Holds what it may cost, works, and uses what it did cost; where it fails, nothing. */
export async function ask(_before: Answer | null, form: FormData): Promise<Answer> {
  const { customerId } = (await billing.access(await currentRequest())).state;
  if (customerId === null) return { kind: "refused", why: "Sign in first." };
  try {
    const hold = await billing.credits.reserve({
      customerId,
      credit: "ai",
      amount: most,
      expiresInSeconds: 60,
    });
    try {
      const { words, cost } = await answer(String(form.get("question")), form.get("fails") === "yes");
      const { used } = await hold.commit(cost, { reason: "A question to the assistant" });
      return { kind: "answered", words, used, freed: most - used };
    } catch (error) {
      await hold.release();
      throw error;
    }
  } catch (error) {
    return { kind: "refused", why: sayRefusal(error) };
  } finally {
    revalidatePath("/assistant");
  }
}

function sayRefusal(error: unknown): string {
  if (!(error instanceof BillingError)) return "The model failed. Nothing was used.";
  if (error.code !== "limit_reached") return error.publicMessage ?? error.message;
  const { available = 0 } = error.details ?? {};
  return `A question may cost ${most} credits, and ${available} are free now. Wait for what is running, or buy a pack.`;
}
