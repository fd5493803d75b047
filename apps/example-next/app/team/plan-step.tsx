import { BillingError } from "@tollgate/core";
import Link from "next/link";
import { invitedBy, seatsOf } from "../../billing/members";
import { billing } from "../../billing/server";
import { ActionForm } from "../account/action-form";
import { Preview } from "../account/change/preview";
import { sayDate } from "../account/say";
import { invite, remove } from "./actions";

interface Props {
  readonly customerId: string;
  readonly emails: readonly string[];
  readonly step: "invite" | "remove";
}

const words = {
  invite: { title: "Invite", button: "Invite and pay", free: "Invite", action: invite },
  remove: { title: "Remove", button: "Remove", free: "Remove", action: remove },
} as const;

/** What it costs to the cent, or saves and from when on, and the button that does it. */
export async function PlanStep({ customerId, emails, step }: Props) {
  const { title, button, free, action } = words[step];
  const others = invitedBy(customerId).filter((one) => !emails.includes(one));
  const next = step === "invite" ? [...others, ...emails] : others;
  const preview = await billing.seats.preview(seatsOf(customerId, next)).catch((error: unknown) => {
    if (error instanceof BillingError) return error;
    throw error;
  });
  if (preview instanceof BillingError) return <p role="alert">{preview.publicMessage ?? preview.message}</p>;
  const who = emails.join(", ");
  const isPaid = preview.kind === "change" && preview.change.dueNow > 0;
  return (
    <section className="preview" aria-label={`${title} ${who}`}>
      <h2>
        {title} {who}
      </h2>
      {preview.kind === "unchanged" && (
        <p role="status">
          {step === "invite"
            ? "This costs nothing: seats are free for it."
            : "This changes nothing about what you pay."}
        </p>
      )}
      {preview.kind === "grace" && <p role="status">Nothing is charged before {sayDate(preview.until)}.</p>}
      {preview.kind === "change" && <Preview preview={preview.change} />}
      <ActionForm action={action}>
        <input type="hidden" name="emails" value={emails.join(",")} />
        <div className="row">
          <button type="submit" className="site-button">
            {isPaid ? button : free}
          </button>
          <Link href="/team">Don't</Link>
        </div>
      </ActionForm>
    </section>
  );
}
