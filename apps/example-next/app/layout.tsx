import { describeForSale } from "@tollgate/core";
import { currentRequest } from "@tollgate/server/next";
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import "@tollgate/react/styles.css";
import "./site.css";
import { currentPerson } from "../billing/current-person";
import { BillingProvider } from "../billing/kit";
import { plans } from "../billing/plans";
import { billing } from "../billing/server";
import { PersonSwitch } from "./person-switch";

export const metadata: Metadata = { title: "Harbor", description: "A demo of Tollgate" };

export default async function Layout({ children }: { children: ReactNode }) {
  const access = await billing.access(await currentRequest());
  const person = await currentPerson();
  return (
    <html lang="en">
      <body>
        <BillingProvider
          plans={plans}
          endpoint="/api/billing"
          initialAccess={access.toJSON()}
          initialPlans={describeForSale(plans)}
          locale="en-US"
          changeUrl="/account/change"
        >
          <header className="site-header">
            <Link className="brand" href="/">
              Harbor
            </Link>
            <nav aria-label="Main">
              <Link href="/">Pricing</Link>
              <Link href="/reports">Reports</Link>
              <Link href="/messages">Messages</Link>
              <Link href="/assistant">Assistant</Link>
              <Link href="/team">Team</Link>
              {/* Not a link of Next's: its pages bring a policy of their own, which allows the provider's script. */}
              <a href="/account">Account</a>
              {person.isStaff && <Link href="/support">Support</Link>}
              {person.isStaff && <Link href="/numbers">Numbers</Link>}
            </nav>
            <PersonSwitch current={person.id} />
          </header>
          <main>{children}</main>
        </BillingProvider>
      </body>
    </html>
  );
}
