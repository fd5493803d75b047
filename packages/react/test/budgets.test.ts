import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundle, bundleApps, installBuilt } from "../../../.config/bundle.js";

const of = (entry: string) => (names: string) => `export { ${names} } from "@tollgate/${entry}"`;
const [react, payment, core] = [of("react"), of("react/payment"), of("core")];

const members = [
  ...["BillingProvider", "PricingTable", "PricingCards", "UpgradeGate", "BillingPortalButton", "BuyButton"],
  ...["useAccess", "useCheckout", "useCheckoutReturn", "usePlans", "usePortal"],
];
/** As the README has it: a module of an app that gives each of the package's components its type, and a page with two. */
const typedKit = `import * as tollgate from "@tollgate/react";
${members.map((name) => `const kit${name} = tollgate.${name};`).join("\n")}
export { kitBillingProvider as BillingProvider, kitUpgradeGate as UpgradeGate };`;

/** Kilobytes (1,000 bytes), minified and gzipped, that an app may load for what it imports. */
const budgets: Readonly<Record<string, readonly [app: string, most: number]>> = {
  "the gate with the provider": [react("BillingProvider, UpgradeGate"), 9.76],
  "the table with the provider": [react("BillingProvider, PricingTable"), 16.73],
  "the cards with the provider": [react("BillingProvider, PricingCards"), 15.78],
  "the gate with the provider, of a kit of types that names every member": [typedKit, 9.78],
  "the kit, which holds every component": [
    `import { createBillingKit } from "@tollgate/react";
     export const { BillingProvider, UpgradeGate } = createBillingKit();`,
    20.83,
  ],
  "the portal's button with the provider": [react("BillingProvider, BillingPortalButton"), 5.77],
  "the provider": [react("BillingProvider"), 3.86],
  UpgradeGate: [react("UpgradeGate"), 7.88],
  PricingTable: [react("PricingTable"), 14.87],
  BillingPortalButton: [react("BillingPortalButton"), 2.94],
  BuyButton: [react("BuyButton"), 5.1],
  PaymentForm: [payment("PaymentForm"), 7.29],
  usePayment: [payment("usePayment"), 2],
  "CheckoutForm with the provider": [
    `export { BillingProvider } from "@tollgate/react"; export { CheckoutForm } from "@tollgate/react/checkout"`,
    10.88,
  ],
  "every hook": [react("useAccess, usePlans, useCheckout, useCheckoutReturn, usePortal"), 3.94],
  useAccess: [react("useAccess"), 1.38],
  createBillingClient: [react("createBillingClient"), 1.13],
  formatDate: [react("formatDate"), 0.15],
  englishMessages: [react("englishMessages"), 2.2],
  everything: [`export * from "@tollgate/react"; export * from "@tollgate/react/payment"`, 26.02],
  nothing: [`import "@tollgate/react"; import "@tollgate/react/payment"; import "@tollgate/core"`, 0.03],
  hasEnded: [core("hasEnded"), 0.1],
  formatMoney: [core("formatMoney"), 0.37],
  definePlans: [core("definePlans"), 0.15],
  BillingError: [core("BillingError"), 1.1],
};
const names = Object.keys(budgets);

let folder: string;
let bundles: Readonly<Record<string, Bundle>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tollgate-budgets-"));
  installBuilt(folder, ["core", "react"]);
  const apps = Object.entries(budgets).map(([name, [app]]) => [name, app]);
  bundles = await bundleApps(folder, Object.fromEntries(apps));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("what a browser loads of", () => {
  it.each(names)("%s stays within its budget", (name) => {
    const [, most] = budgets[name] ?? ["", 0];
    const { size, parts } = bundleOf(name);
    const list = parts.map(([module, bytes]) => `${String(bytes).padStart(8)} ${module}`).join("\n");
    const report = `${name}: ${size / 1000} kB gzipped, at most ${most}. In bytes before gzip:\n${list}\n`;
    expect(size / 1000, report).toBeLessThanOrEqual(most);
  });

  it.each(names)("%s needs nothing but React and Stripe's own packages", (name) => {
    const wanted = [...bundleOf(name).code.matchAll(/(?:from|import)\(?"([^"]+)"/g)].map(([, path]) => path);
    expect(wanted.filter((path) => !/^(react|react-dom|@stripe\/[\w-]+)(\/|$)/.test(path ?? ""))).toEqual([]);
  });

  it.each(names)(
    "%s contains neither the server's code nor the name of anything that it keeps secret",
    (name) => {
      const { code, parts } = bundleOf(name);
      expect(code).not.toMatch(/STRIPE_(?!PUBLISHABLE_KEY)|DATABASE_URL|PRIVATE KEY|process\.env|node:/);
      expect(
        parts.map(([module]) => module).filter((module) => !/^@tollgate\/(core|react)\/|app-/.test(module)),
      ).toEqual([]);
    },
  );
});

function bundleOf(name: string): Bundle {
  const bundle = bundles[name];
  if (bundle === undefined) throw new Error(`There is no app "${name}".`);
  return bundle;
}
