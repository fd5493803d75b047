import { afterAll, beforeAll, describe } from "vitest";
import { openWorld, type World } from "./buyer.js";
import { describeCancel } from "./cancel.js";
import { describeCatalog } from "./catalog.js";
import { describeChanges } from "./changes.js";
import { describeCheckout } from "./checkout.js";
import { describeCustomer } from "./customer.js";
import { describeDisputes } from "./disputes.js";
import type { ProviderSetup } from "./driver.js";
import { describeEndings } from "./endings.js";
import { describeEvents } from "./events.js";
import { describeInvoices } from "./invoices.js";
import { describeModels } from "./models.js";
import { describeMoney } from "./money.js";
import { describePaymentMethods } from "./payment-methods.js";
import { describePriceMoves } from "./price-moves.js";
import { describePromotions } from "./promotions.js";
import { describeRefunds } from "./refunds.js";
import { describeSignatures } from "./signatures.js";
import { describeSubscription } from "./subscription.js";
import { describeTruth } from "./truth.js";

/** What the suite needs from a provider's own tests. */
export interface ProviderConformanceOptions {
  /** A provider in a fresh world. Called once for each part of the suite, and for tests that need one of their own. */
  readonly setup: () => Promise<ProviderSetup>;
}

/**
 * Every promise of the `BillingProvider` port as a vitest suite. A provider is held to what it claims that it can do; what
 * it doesn't claim, it has to refuse as `not_supported`.
 *
 * @example
 * describeProviderConformance("stripe", {
 *   setup: async () => {
 *     const sandbox = await startSandbox({ port: 0 });
 *     return { provider: stripe(sandbox), driver: driveSandbox(sandbox), close: () => sandbox.close() };
 *   },
 * });
 */
export function describeProviderConformance(name: string, options: ProviderConformanceOptions): void {
  /** One part of the suite, in a world of its own. */
  function part(title: string, define: (world: () => World) => void): void {
    describe(title, () => {
      let world: World | undefined;
      beforeAll(async () => {
        world = await openWorld(options.setup);
      });
      afterAll(async () => {
        await world?.close();
      });
      define(() => {
        if (world === undefined) throw new Error("The world is used before it is made.");
        return world;
      });
    });
  }

  describe(`${name} keeps the promises of a provider`, () => {
    describe("the catalog", () => describeCatalog(options.setup));
    part("customers", (world) => describeCustomer(world));
    part("checkouts", (world) => describeCheckout(world));
    part("ways of pricing", describeModels);
    part("promotion codes", describePromotions);
    part("subscriptions and the portal", (world) => describeSubscription(world));
    part("everything that there is", describeTruth);
    part("cancelling and refunds", (world) => describeCancel(world));
    part("changes", describeChanges);
    part("prices that customers are moved to", describePriceMoves);
    part("leaving, staying and pausing", (world) => describeEndings(world));
    part("paying back", (world) => describeRefunds(world));
    part("contested payments", describeDisputes);
    part("invoices", describeInvoices);
    part("payment methods", describePaymentMethods);
    part("credit and charges", describeMoney);
    part("events", (world) => describeEvents(world));
    part("signatures", (world) => describeSignatures(world));
  });
}
