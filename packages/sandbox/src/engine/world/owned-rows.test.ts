import { describe, expect, it } from "vitest";
import { connect } from "../../../test/connect.js";
import { platformAccount } from "../accounts/platform-account.js";
import { rowsOf } from "./owned-rows.js";
import { scratchOf } from "./scratch-world.js";
import { touch } from "./touch.js";
import type { TaxId } from "./wire.js";
import { createWorld, type World } from "./world.js";

const put = (world: World, id: string, customer: string): void => {
  world.taxIds[id] = { id, customer } as TaxId;
  touch(world, id);
};

const idsOf = (world: World, customer: string): string[] =>
  rowsOf(world, "txi", customer).map(({ id }) => id);

describe("a customer's rows", () => {
  it("are found whether they came before the first look or after it, oldest first", () => {
    const world = createWorld(platformAccount(0));
    put(world, "txi_a", "cus_a");
    put(world, "txi_b", "cus_b");
    expect(idsOf(world, "cus_a")).toEqual(["txi_a"]);
    put(world, "txi_c", "cus_a");
    expect(idsOf(world, "cus_a")).toEqual(["txi_a", "txi_c"]);
    delete world.taxIds.txi_a;
    expect([idsOf(world, "cus_a"), idsOf(world, "cus_none")]).toEqual([["txi_c"], []]);
  });

  it("are found in a scratch world too, which keeps its own to itself", () => {
    const world = createWorld(platformAccount(0));
    put(world, "txi_a", "cus_a");
    const scratch = scratchOf(world);
    put(scratch, "txi_b", "cus_a");
    expect([idsOf(scratch, "cus_a"), idsOf(world, "cus_a")]).toEqual([["txi_a", "txi_b"], ["txi_a"]]);
  });

  it("that wait for the next invoice are on it, once", async () => {
    const { stripe } = await connect();
    const { id: customer } = await stripe.customers.create({});
    for (const amount of [100, 200]) await stripe.invoiceItems.create({ customer, amount, currency: "usd" });
    const invoice = async () => {
      const fields = { customer, currency: "usd", pending_invoice_items_behavior: "include" } as const;
      return (await stripe.invoices.create(fields)).total;
    };
    expect([await invoice(), await invoice()]).toEqual([300, 0]);
  });
});
