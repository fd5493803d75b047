import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FieldCode } from "../src/api/shapes/request-shapes.js";
import { type Call, openSdk, resources, type Sdk } from "./open-sdk.js";
import { createHashes, type Hashes, readHash } from "./read-parameters.js";

type Found = { name: string; row: Record<string, FieldCode>; type: string };

/** The type's public name; the SDK forgets to export a few. */
const publicName = (file: string, name: string): string => {
  const folder = dirname(file);
  if (folder === ".") return `Stripe.${name}`;
  const exported = readFileSync(join(resources, folder, "index.d.ts"), "utf8");
  const short = name.slice(name.lastIndexOf(".") + 1);
  return new RegExp(`\\b${short}\\b`).test(exported) ? `Stripe.${name}` : "Record<string, unknown>";
};

const find = ({ checker }: Sdk, hashes: Hashes, { endpoint, source, overloads }: Call): Found => {
  const [parameter] = overloads.flatMap((member) =>
    member.parameters.filter((each) => each.name.getText(source) === "params"),
  );
  if (!parameter?.type) return { name: endpoint.name, row: {}, type: "object" };
  const type = checker.getNonNullableType(checker.getTypeAtLocation(parameter));
  const row = readHash(type, { checker, hashes, stack: [] });
  return { name: endpoint.name, row, type: publicName(endpoint.file, parameter.type.getText(source)) };
};

/** The text of `generated/requests.ts`: what every endpoint accepts, as the installed SDK declares it. */
export const generateRequests = (): string => {
  const hashes = createHashes();
  const sdk = openSdk();
  const found = sdk.calls.map((call) => find(sdk, hashes, call));
  return `// Written by scripts/generate-requests.ts from the declarations of the stripe package; do not edit.
import type Stripe from "stripe";
import type { RequestShapes } from "../shapes/request-shapes.js";

/** The SDK's own type of each endpoint's parameters. */
export interface RequestParams {
${found.map(({ name, type }) => `  "${name}": ${type};`).join("\n")}
}

export const requestShapes: RequestShapes = {
  hashes: [
${hashes.rows.map((row) => `    ${JSON.stringify(row)},`).join("\n")}
  ],
  requests: {
${found.map(({ name, row }) => `    ${JSON.stringify(name)}: ${JSON.stringify(row)},`).join("\n")}
  },
};
`;
};

/** Where the output goes. */
export const requestsFile = fileURLToPath(new URL("../src/api/generated/requests.ts", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(requestsFile, generateRequests());
