import { expect, it } from "vitest";
import { connect, refusal } from "../../../test/connect.js";

it("some of Stripe's tax codes are listed and found, and any can be a product's", async () => {
  const { stripe } = await connect();
  // The example of https://docs.stripe.com/api/tax_codes
  const goods = {
    id: "txcd_99999999",
    object: "tax_code",
    description:
      "Any tangible or physical good. For jurisdictions that impose a tax, the standard rate is applied.",
    name: "General - Tangible Goods",
  };
  expect(await stripe.taxCodes.retrieve("txcd_99999999")).toMatchObject(goods);
  const { data, has_more } = await stripe.taxCodes.list({ limit: 3 });
  expect([data.map(({ id }) => id), has_more]).toEqual([
    ["txcd_00000000", "txcd_10000000", "txcd_10103000"],
    true,
  ]);
  const { id } = await stripe.products.create({ name: "Pro", tax_code: "txcd_10103001" });
  const product = await stripe.products.retrieve(id, { expand: ["tax_code"] });
  expect(product.tax_code).toMatchObject({ name: "Software as a Service (SaaS) - Business Use" });
  const unknown = await refusal(stripe.taxCodes.retrieve("txcd_nope"));
  expect([unknown.statusCode, unknown.code, unknown.message]).toEqual([
    404,
    "resource_missing",
    "No such tax code: 'txcd_nope'",
  ]);
  expect((await refusal(stripe.taxCodes.retrieve("txcd_37071001"))).message).toContain(
    "only some of Stripe's",
  );
});
