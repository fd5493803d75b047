import { currentRequest } from "@tollgate/server/next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { billing } from "../../../billing/server";
import { ActionForm } from "../action-form";
import { cancel } from "../actions";
import { sayDate } from "../say";
import { reasons } from "./reasons";

/** Two clicks, one honest question, no way around in the way. */
export default async function CancelPage() {
  const { subscription } = (await billing.access(await currentRequest())).state;
  if (subscription === null || subscription.cancelAt !== null || subscription.status === "ended") {
    redirect("/account");
  }
  const until = subscription.trialEndsAt ?? subscription.currentPeriod?.end;
  return (
    <>
      <h1>Cancel your plan</h1>
      <section className="panel">
        {until && <p>You keep everything until {sayDate(until)}, and nothing more is charged.</p>}
        <ActionForm action={cancel}>
          <fieldset>
            <legend>Why are you leaving? You don't have to say.</legend>
            {Object.entries(reasons).map(([reason, words]) => (
              <label key={reason}>
                <input type="radio" name="reason" value={reason} />
                {words}
              </label>
            ))}
          </fieldset>
          <label>
            What should we know?
            <textarea name="feedback" maxLength={1000} rows={3} />
          </label>
          <div className="row">
            <button type="submit" className="site-button">
              Cancel plan
            </button>
            <Link href="/account">Keep it</Link>
          </div>
        </ActionForm>
      </section>
    </>
  );
}
