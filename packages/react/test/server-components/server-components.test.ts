import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installBuilt } from "../../../../.config/bundle.js";

const packageRoot = fileURLToPath(new URL("../..", import.meta.url));
const hooks = pathToFileURL(join(packageRoot, "test/server-components/client-references.mjs")).href;

/** With React's half for server components, which has neither stateful hooks nor contexts. */
describe("in a server component", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tollgate-server-components-"));
    installBuilt(folder, ["core", "react"]);
    for (const name of ["react", "react-dom"])
      symlinkSync(join(packageRoot, "node_modules", name), join(folder, "node_modules", name));
    writeFileSync(
      join(folder, "register.mjs"),
      `import { register } from "node:module"; register(${JSON.stringify(hooks)});`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(page: string): unknown {
    writeFileSync(join(folder, "page.mjs"), page);
    const flags = ["--conditions=react-server", "--import", "./register.mjs"];
    return JSON.parse(
      execFileSync(process.execPath, [...flags, "page.mjs"], { cwd: folder, encoding: "utf8" }),
    );
  }

  it("dates, words, a client and a kit are there, and components are references to the browser's", () => {
    const page = `
      import * as tollgate from "@tollgate/react";
      const { formatDate, englishMessages, createBillingClient, createBillingKit, ...others } = tollgate;
      const isReference = (value) => value.$$typeof === Symbol.for("react.client.reference");
      const kit = createBillingKit();
      console.log(JSON.stringify({
        date: formatDate("2026-12-20T00:00:00.000Z", "en"),
        words: englishMessages.upgradeGate.upgrade("Pro"),
        client: Object.keys(createBillingClient({ endpoint: "/api/billing" })).includes("access"),
        kit: Object.values(kit).every(isReference),
        run: Object.keys(others).filter((name) => !isReference(others[name])),
      }));`;
    expect(run(page)).toEqual({
      date: "December 20, 2026",
      words: "Upgrade to Pro",
      client: true,
      kit: true,
      run: [],
    });
  });

  it("the card form is a reference too", () => {
    const page = `
      import * as payment from "@tollgate/react/payment";
      console.log(JSON.stringify(Object.keys(payment).filter((name) => payment[name].$$typeof === undefined)));`;
    expect(run(page)).toEqual([]);
  });

  it("and so is the checkout form", () => {
    const page = `
      import * as checkout from "@tollgate/react/checkout";
      console.log(JSON.stringify(Object.keys(checkout).filter((name) => checkout[name].$$typeof === undefined)));`;
    expect(run(page)).toEqual([]);
  });
});
