import { headers } from "next/headers";
import { UpgradeGate } from "../../billing/kit";
import { billing } from "../../billing/server";
import { Weeks } from "./weeks";

export default async function ReportsPage() {
  const access = await billing.access(await headers());
  return (
    <>
      <h1>Reports</h1>
      <UpgradeGate feature="reports" returnUrl="/checkout/return">
        {/* The gate decides what shows; only the server decides what is sent at all. */}
        {access.check("reports").allowed && <Weeks />}
      </UpgradeGate>
    </>
  );
}
