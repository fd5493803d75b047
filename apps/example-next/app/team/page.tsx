import type { SeatsReading } from "@tollgate/server";
import { currentRequest } from "@tollgate/server/next";
import Link from "next/link";
import { invitedBy } from "../../billing/members";
import { findPerson } from "../../billing/people";
import { billing } from "../../billing/server";
import { sayDate } from "../account/say";
import { Denial } from "../denial";
import { PlanStep } from "./plan-step";
import { readEmails } from "./read-emails";
import "./team.css";

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Who is there, what their seats cost, and what one more or one fewer would, before anything is done. */
export default async function TeamPage({ searchParams }: Props) {
  const access = await billing.access(await currentRequest());
  const { customerId, canManage } = access.state;
  if (customerId === null) return <h1>Sign in to see your team</h1>;
  const query = await searchParams;
  const invited = invitedBy(customerId);
  const [asked, leaving] = [readEmails(query.invite), readEmails(query.remove)];
  const reading = await billing.seats.read({ customerId });
  const check = access.check("seats", { used: invited.length + 1 });
  // A plan that is sold by the seat has room for whoever is paid for.
  const isClosed = !check.allowed && reading.quantity === null;
  return (
    <>
      <h1>Team</h1>
      <section className="panel wide" aria-labelledby="people-heading">
        <h2 id="people-heading">People</h2>
        <Seats {...reading} people={invited.length + 1} />
        <ul className="people">
          <li>
            <span>{findPerson(customerId).email}</span>
            <span className="quiet">Owner</span>
          </li>
          {invited.map((email) => (
            <li key={email}>
              <span>{email}</span>
              <span className="quiet">Invited</span>
              {canManage && (
                <Link href={`/team?${new URLSearchParams({ remove: email })}`} aria-label={`Remove ${email}`}>
                  Remove
                </Link>
              )}
            </li>
          ))}
        </ul>
        {canManage && (
          <form method="get" className="invite">
            <label>
              Who to invite: email addresses, with commas between them
              <input
                type="text"
                inputMode="email"
                name="invite"
                required
                maxLength={2000}
                defaultValue={asked?.join(", ") ?? ""}
              />
            </label>
            <button type="submit" className="quiet-button">
              Show what it costs
            </button>
          </form>
        )}
        {canManage && asked !== null && isClosed && (
          <Denial name="seats" check={check} access={access.state} />
        )}
        {canManage && asked !== null && !isClosed && (
          <PlanStep customerId={customerId} emails={asked} step="invite" />
        )}
        {canManage && leaving?.every((one) => invited.includes(one)) && (
          <PlanStep customerId={customerId} emails={leaving} step="remove" />
        )}
      </section>
    </>
  );
}

/** What is paid for, beside who is there. */
function Seats({ quantity, limit, next, problem, people }: SeatsReading & { people: number }) {
  const count = `${people} ${people === 1 ? "person" : "people"}`;
  const seats =
    quantity === null ? `your plan has room for ${limit ?? "any number"}` : `${quantity} seats are paid for`;
  return (
    <>
      <p>
        {count}; {seats}.{next && ` From ${sayDate(next.at)} on, ${next.quantity} are billed.`}
      </p>
      {problem && <p role="alert">A seat could not be paid. Look at your account.</p>}
    </>
  );
}
