import ts from "typescript";
import { expect, test } from "vitest";
import { openSources, root } from "../src/open-sources.js";

const app = `
import { definePlans } from "@tollgate/core";
import { createBilling, type BillingOptions } from "@tollgate/server";
import { createBillingKit } from "@tollgate/react";
import { accessFor } from "@tollgate/react/testing";

const features = {
  export: { type: "switch", name: "CSV export" },
  projects: { type: "limit", name: "Projects" },
  messages: { type: "metered", name: "Messages", reset: "period" },
  tokens: { type: "metered", name: "Tokens", reset: "never" },
} as const;
const plans = definePlans({
  features,
  plans: {
    free: { name: "Free", includes: { projects: 3 } },
    pro: { name: "Pro", prices: { month: { usd: 2900 } }, includes: { export: true, projects: 50 } },
  },
  products: {
    handbook: { name: "Handbook", price: { usd: 4900 } },
    credits: { name: "Credits", price: { usd: 1000 } },
  },
});
declare const options: Omit<BillingOptions<typeof plans>, "outage">;
declare const request: Request;
const billing = createBilling(options);
const access = await billing.access(request);
const kit = createBillingKit<typeof plans>();
const [customerId, idempotencyKey] = ["org_1", "message_1"];
`;

const noFeature = `'"teleport"' is not assignable to NAME '"projects" | "export" | "messages" | "tokens"'.`;
const noPlan = `'"teleport"' is not assignable to NAME '"free" | "pro"'.`;
const noProduct = `'"teleport"' is not assignable to NAME '"handbook" | "credits"'.`;
const noMeter = (name: string) => `'"${name}"' is not assignable to NAME '"messages" | "tokens"'.`;

const mistakes: readonly (readonly [code: string, message: string])[] = [
  [`access.check("teleport")`, noFeature],
  [`access.owns("teleport")`, noProduct],
  [`billing.require(request, "teleport")`, noFeature],
  [`billing.usage.record({ customerId, idempotencyKey, feature: "teleport" })`, noMeter("teleport")],
  [`billing.usage.record({ customerId, idempotencyKey, feature: "export" })`, noMeter("export")],
  [
    `billing.usage.read(customerId).then(({ teleport }) => teleport)`,
    `Property 'teleport' does not exist on type 'Readonly<Record<"messages" | "tokens", UsageReading>>'.`,
  ],
  [
    `createBilling({ ...options, outage: { default: "closed", features: { teleport: "open" } } })`,
    `'teleport' does not exist in type '{ readonly projects?: OutagePolicy; readonly export?: OutagePolicy; readonly messages?: OutagePolicy; readonly tokens?: OutagePolicy; }'.`,
  ],
  [`<kit.UpgradeGate feature="teleport" />`, noFeature],
  [`<kit.BuyButton productId="teleport" />`, noProduct],
  [
    `<kit.PricingTable onSelect={({ planId }) => planId === "teleport"} />`,
    `the types '"free" | "pro"' and '"teleport"' have no overlap.`,
  ],
  [`kit.useCheckout().start({ planId: "teleport" })`, noPlan],
  [`kit.useCheckout().start({ productId: "teleport" })`, noProduct],
  [`kit.useAccess().check("teleport")`, noFeature],
  [`kit.useAccess().owns("teleport")`, noProduct],
  [
    `accessFor(plans, { planId: "teleport" })`,
    `'"teleport"' is not assignable to NAME '"free" | "pro" | undefined'.`,
  ],
  [
    `definePlans({ features, plans: { free: { name: "Free", includes: { teleport: true } } } })`,
    `'teleport' does not exist in type '{ readonly export?: boolean; readonly projects?: number | "seats" | "unlimited"; readonly messages?: number | "unlimited"; readonly tokens?: number | "unlimited"; }'.`,
  ],
];

test("the compiler names what the catalog has, wherever a name is wrong", { timeout: 60_000 }, () => {
  const file = `${root}packages/react/test/mistakes.tsx`;
  const lines = mistakes.map(([code], n) => `export const mistake${n} = () => ${code};`);
  const { program } = openSources(new Map([[file, app + lines.join("\n")]]));
  const source = program.getSourceFile(file);
  const first = app.split("\n").length - 1;
  const told = mistakes.map((): string[] => []);
  for (const { messageText, start = 0 } of program.getSemanticDiagnostics(source)) {
    const { line } = source?.getLineAndCharacterOfPosition(start) ?? { line: 0 };
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    told[line - first]?.push(inOneWay(message));
    if (line < first) throw new Error(`The app itself does not compile: ${message}`);
  }
  expect(mistakes.map(([code], n) => [code, told[n]])).toEqual(
    mistakes.map(([code, message]) => [code, [expect.stringContaining(inOneWay(message))]]),
  );
});

/**
 * The compiler may call a value an argument or a property, and list names in any order: neither is our
 * choice.
 */
function inOneWay(message: string): string {
  return message
    .replace(/(?<=assignable to )(?:parameter of )?type/, "NAME")
    .replaceAll(/"\w+"(?: \| "\w+")+/g, (names) => names.split(" | ").sort().join(" | "))
    .replace(/\{ (.*); \}/, (_, fields: string) => `{ ${fields.split("; ").sort().join("; ")}; }`);
}
