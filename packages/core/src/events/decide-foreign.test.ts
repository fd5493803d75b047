import { expect, test } from "vitest";
import { decideForeign } from "./decide-foreign.js";

const owner = { app: "default", database: "db_1" };
const customerId = "org_1";

test.each([
  ["another app", { customerId, app: "shop", database: "db_1" }, "belongs to another app of the account"],
  [
    "another database of this app",
    { customerId, app: null, database: "db_2" },
    "belongs to another database of this app: billing.reconcile({ repair: true, takeOver: true }) takes it in",
  ],
])("what belongs to %s is ignored, with the reason", (_, stamp, reason) => {
  const nothing = { subscription: null, callbacks: [], jobs: [] };
  expect(decideForeign(stamp, owner)).toEqual({ action: "settle", state: "ignored", reason, ...nothing });
});

test.each([
  ["us", { customerId, app: null, database: "db_1" }],
  ["an older version of us", { customerId, app: null, database: null }],
  ["nobody that is known", { customerId: null, app: null, database: null }],
  ["what can't be known", undefined],
])("what belongs to %s is handled as usual", (_, stamp) => {
  expect(decideForeign(stamp, owner)).toBeNull();
});
