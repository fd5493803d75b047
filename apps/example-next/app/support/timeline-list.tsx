import { BillingError } from "@tollgate/core";
import type { TimelineEntry } from "@tollgate/server";
import Link from "next/link";
import { billing } from "../../billing/server";
import { sayMoment, toField } from "./say-moment";

interface Props {
  readonly customerId: string;
  readonly after: string | null;
}

/** The latest first, a page at a time. */
export async function TimelineList({ customerId, after }: Props) {
  const page = await billing
    .timeline(customerId, { limit: 50, ...(after !== null && { after }) })
    .catch((error: unknown) => {
      if (error instanceof BillingError) return error;
      throw error;
    });
  if (page instanceof BillingError) return <p role="alert">{page.message}</p>;
  if (page.entries.length === 0)
    return <p>Nothing yet: what they buy, pay and change will be listed here.</p>;
  return (
    <>
      <ol className="timeline">
        {page.entries.map((entry) => (
          <Entry key={`${entry.at} ${entry.subjectId} ${entry.what}`} {...entry} />
        ))}
      </ol>
      {page.next && (
        <Link href={`/support?${new URLSearchParams({ customer: customerId, after: page.next })}`}>
          What was before
        </Link>
      )}
    </>
  );
}

function Entry({ at, occurredAt, what, why, customerId, subscription }: TimelineEntry) {
  const query = new URLSearchParams({ customer: customerId, at: toField(at) });
  return (
    <li>
      <p className="when">
        <time dateTime={occurredAt}>{sayMoment(occurredAt)}</time>
        {subscription && <Link href={`/support?${query}`}>Explain the moment after it</Link>}
      </p>
      <p className="what">{what}</p>
      <p>{why}</p>
    </li>
  );
}
