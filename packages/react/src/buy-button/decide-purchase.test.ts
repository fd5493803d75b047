import { describe, expect, it } from "vitest";
import { demoPlans } from "../pricing-table/demo-plans.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";
import { decidePurchase } from "./decide-purchase.js";

const owner = accessFor(storyPlans, { owned: { handbook: 1 } });
const member = accessFor(storyPlans, { canManage: false });
const ownersMember = accessFor(storyPlans, { canManage: false, owned: { handbook: 1 } });
const degraded = { ...accessFor(storyPlans), degraded: true };
const fresh = { access: accessFor(storyPlans), productId: "handbook", forSale: true, once: true };

describe("decidePurchase", () => {
  it.each([
    ["nothing speaks against it", {}, null],
    ["nobody is signed in", { access: accessFor(storyPlans, { customerId: null }) }, "signed_out"],
    ["a member asks", { access: member }, "not_manager"],
    ["it is theirs", { access: owner }, "owned"],
    ["it is theirs, and a member asks", { access: ownersMember }, "owned"],
    ["it is theirs, and can be bought again", { access: owner, once: false }, null],
    ["it has no price in the currency", { forSale: false }, "not_for_sale"],
    ["it is theirs, and left the catalog's currency", { access: owner, forSale: false }, "owned"],
    ["nothing is known", { access: null, forSale: null }, null],
    ["the store is out of reach", { access: degraded }, null],
    ["access is of a catalog without it", { access: accessFor(demoPlans) }, null],
    ["it is called as a method of every object", { productId: "constructor" }, null],
  ] as const)("%s", (_name, more, refusal) => {
    expect(decidePurchase({ ...fresh, ...more })).toBe(refusal);
  });
});
