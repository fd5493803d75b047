import { expect, test } from "vitest";
import { decideOwnership, firstStamp, type OwnerStamp, type Ownership } from "./ownership.js";

const unnamed = { app: "default", database: "db_1" };
const shop = { app: "shop", database: "db_1" };
const stampOf = (over: Partial<OwnerStamp>): OwnerStamp => {
  return { customerId: null, app: null, database: null, ...over };
};

test.each<[string, typeof shop, Partial<OwnerStamp>, Ownership]>([
  ["carries our app and database", shop, { app: "shop", database: "db_1" }, "ours"],
  ["carries no app and our database, for the default app", unnamed, { database: "db_1" }, "ours"],
  ["carries the default app's name in words", unnamed, { app: "default", database: "db_1" }, "ours"],
  ["was left by an older version, for the default app", unnamed, { customerId: "1" }, "unclaimed"],
  ["was left by an older version, for a named app", shop, { customerId: "1" }, "other_app"],
  ["is the default app's, for a named app over the same database", shop, { database: "db_1" }, "other_app"],
  ["is a named app's, for the default app", unnamed, { app: "shop", database: "db_1" }, "other_app"],
  ["carries a named app's name and nothing else", unnamed, { app: "shop" }, "other_app"],
  ["is a named app's, but of no database", unnamed, { customerId: "1", app: "shop" }, "other_app"],
  ["is ours, and of no database yet", shop, { customerId: "1", app: "shop" }, "unclaimed"],
  ["has our name but another database", shop, { app: "shop", database: "db_2" }, "other_database"],
  ["is of the default app's other database", unnamed, { database: "db_2" }, "other_database"],
  ["carries nothing of Tollgate's", unnamed, {}, "unmarked"],
  ["carries nothing, for a named app", shop, {}, "unmarked"],
])("what %s is told apart from what is not", (_, owner, stamp, expected) => {
  expect(decideOwnership(stampOf(stamp), owner)).toBe(expected);
});

test.each([null, undefined])("what has no stamp at all is unmarked", (stamp) => {
  expect(decideOwnership(stamp, shop)).toBe("unmarked");
});

test("a customer's stamp counts before their subscription's, and an empty one doesn't count", () => {
  const first = stampOf({ database: "db_2" });
  const second = stampOf({ database: "db_1" });
  expect(firstStamp(first, second)).toBe(first);
  expect(firstStamp(stampOf({}), second)).toBe(second);
  expect(firstStamp(null, undefined, stampOf({}))).toBeNull();
});
