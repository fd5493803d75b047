import { currentRequest } from "@tollgate/server/next";
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import "@tollgate/react/styles.css";
import "./site.css";
import { BillingProvider } from "../billing/kit";
import { plans } from "../billing/plans";
import { billing } from "../billing/server";
import { PersonSwitch } from "./person-switch";

export const metadata: Metadata = { title: "Harbor", description: "A demo of Tollgate" };

export default async function Layout({ children }: { children: ReactNode }) {
  const access = await billing.access(await currentRequest());
  return (
    <html lang="en">
      <body>
        <BillingProvider
          plans={plans}
          endpoint="/api/billing"
          initialAccess={access.toJSON()}
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
              {/* Not a link of Next's: its pages bring a policy of their own, which allows the provider's script. */}
              <a href="/account">Account</a>
            </nav>
            <PersonSwitch current={access.state.customerId} />
          </header>
          <main>{children}</main>
        </BillingProvider>
      </body>
    </html>
  );
}
