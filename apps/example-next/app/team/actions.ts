"use server";

import { BillingError } from "@tollgate/core";
import { currentRequest } from "@tollgate/server/next";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { addInvitations, invitedBy, removeInvitations, seatsOf } from "../../billing/members";
import { billing } from "../../billing/server";
import { readEmails } from "./read-emails";

/** What went wrong, in a sentence; `null`: nothing. */
type Problem = string | null;

/** Pays for the seats first: whoever can't be paid for is not let in. */
export async function invite(_before: Problem, form: FormData): Promise<Problem> {
  const [customerId, emails] = [await managed(), readEmails(form.get("emails"))];
  if (customerId === null) return "Ask somebody who manages billing to do that.";
  if (emails === null) return "That is no email address.";
  const added = emails.filter((email) => !invitedBy(customerId).includes(email));
  addInvitations(customerId, added);
  try {
    await report(customerId);
  } catch (error) {
    if (!(error instanceof BillingError)) throw error;
    removeInvitations(customerId, added);
    await report(customerId);
    return `Nobody was invited. ${error.publicMessage ?? error.message}`;
  }
  return done();
}

/** Never refused: fewer seats are billed from the next period on. */
export async function remove(_before: Problem, form: FormData): Promise<Problem> {
  const [customerId, emails] = [await managed(), readEmails(form.get("emails"))];
  if (customerId === null || emails === null) return "Ask somebody who manages billing to do that.";
  removeInvitations(customerId, emails);
  await report(customerId);
  return done();
}

/** Who is there now is read in the moment that it is counted, so that of two reports the later one holds. */
function report(customerId: string) {
  return billing.seats.set({ ...seatsOf(customerId), countedAt: new Date() });
}

async function managed(): Promise<string | null> {
  const { customerId, canManage } = (await billing.access(await currentRequest())).state;
  return canManage ? customerId : null;
}

function done(): never {
  revalidatePath("/", "layout");
  redirect("/team");
}
