import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packPackages } from "../src/pack-packages.js";

const page = `
import { definePlans, formatMoney } from "@tollgate/core";
import { createBillingKit } from "@tollgate/react";
import { renderToString } from "react-dom/server";

const plans = definePlans({
  features: { export: { type: "switch", name: "CSV export" } },
  plans: {
    free: { name: "Free", includes: {} },
    pro: { name: "Pro", prices: { month: { usd: 2900 } }, includes: { export: true } },
  },
});
const { BillingProvider, PricingTable, UpgradeGate } = createBillingKit<typeof plans>();

// @ts-expect-error a feature that the catalog does not have must not compile
export const wrong = <UpgradeGate feature="teleport">never</UpgradeGate>;

const html = renderToString(
  <BillingProvider plans={plans} endpoint="/api/billing">
    <PricingTable />
  </BillingProvider>,
);
console.log(formatMoney({ amount: 2900, currency: "usd" }, "en"), html);
`;

const server = `
import { definePlans } from "@tollgate/core";
import { createBilling } from "@tollgate/server";
import { toExpressHandler } from "@tollgate/server/express";
import { toNextHandlers } from "@tollgate/server/next";
import { pglite } from "@tollgate/server/pglite";
import { postgres } from "@tollgate/server/postgres";
import { stripe } from "@tollgate/server/stripe";
import { startSandbox } from "@tollgate/sandbox";

export const plans = definePlans({ features: {}, plans: { free: { name: "Free", includes: {} } } });
export const billing = createBilling({
  plans,
  provider: stripe({ secretKey: "sk_test_x", webhookSecret: "whsec_x" }),
  store: pglite("./data"),
  appUrl: "http://localhost:3000",
  identify: () => null,
});
export const { GET, POST } = toNextHandlers(billing);
export const handler: (request: Request) => Promise<Response> = billing.handler;
export { postgres, startSandbox, toExpressHandler };
`;

/**
 * What a user gets from the registry: packed tarballs, plain npm, a strict compiler, no workspace. `npm test` follows a
 * recipe with them instead, which is quicker.
 */
describe.runIf(process.env.TOLLGATE_RECIPES === "all")("a new app made from the packed packages", () => {
  let app: string;
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: app, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  beforeAll(() => {
    app = mkdtempSync(join(tmpdir(), "tollgate-packed-"));
    const tarballs = join(app, "tarballs");
    mkdirSync(tarballs);
    const packed = packPackages(tarballs);
    const dependencies: Record<string, string> = {
      "@electric-sql/pglite": "0.5.14",
      "@types/express": "5.0.6",
      "@types/node": "^20.19.0",
      "@types/pg": "8.23.1",
      "@types/react": "19.3.0",
      "@types/react-dom": "19.3.0",
      express: "5.3.0",
      pg: "8.23.1",
      react: "19.3.1",
      "react-dom": "19.3.1",
      stripe: "23.1.0",
      typescript: "6.0.3",
    };
    for (const { manifest, place } of packed) dependencies[manifest.name] = `file:${place}`;
    const manifest = { name: "packed-app", private: true, type: "module", dependencies };
    writeFileSync(join(app, "package.json"), JSON.stringify(manifest));
    writeFileSync(join(app, "page.tsx"), page);
    writeFileSync(join(app, "server.ts"), server);
    run("npm", "install", "--no-audit", "--no-fund", "--prefer-offline");
  });

  afterAll(() => rmSync(app, { recursive: true, force: true }));

  it.each([
    ["bundler", "esnext"],
    ["nodenext", "nodenext"],
  ])("compiles under strict with moduleResolution %s", (moduleResolution, module) => {
    const options = {
      strict: true,
      target: "es2022",
      jsx: "react-jsx",
      skipLibCheck: false,
      types: ["node"],
    };
    const compilerOptions = { ...options, module, moduleResolution, outDir: `out-${moduleResolution}` };
    writeFileSync(
      join(app, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["page.tsx", "server.ts"] }),
    );
    expect(compilerErrors(() => run("npx", "tsc", "-p", "."))).toBe("");
  });

  it("renders the pricing table", () => {
    const html = run("node", "out-nodenext/page.js");
    expect(html).toContain('data-tollgate="pricing-table"');
    expect(html).toContain("Pro");
    expect(html).toContain("$29");
  });

  it("installs no payment SDK that was not asked for", () => {
    expect(readdirSync(join(app, "node_modules"))).not.toContain("@stripe");
  });
});

function compilerErrors(compile: () => string): string {
  try {
    return compile();
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? error);
  }
}
