import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { FieldCode } from "../src/api/request-fields.js";
import { type Endpoint, readEndpoints } from "./read-endpoints.js";
import { createHashes, readHash } from "./read-parameters.js";

const entry = createRequire(import.meta.url).resolve("stripe"); // …/stripe/cjs/stripe.cjs.node.js
const sdk = dirname(dirname(entry));
const resources = join(sdk, "esm/resources");

const options: ts.CompilerOptions = {
  strict: true,
  skipLibCheck: true,
  exactOptionalPropertyTypes: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  types: [],
  lib: ["lib.es2022.d.ts"],
};

type Found = { endpoint: Endpoint; row: Record<string, FieldCode>; type: string };

/** The type's public name; the SDK forgets to export a few. */
const publicName = (file: string, name: string): string => {
  const folder = dirname(file);
  if (folder === ".") return `Stripe.${name}`;
  const exported = readFileSync(join(resources, folder, "index.d.ts"), "utf8");
  const short = name.slice(name.lastIndexOf(".") + 1);
  return new RegExp(`\\b${short}\\b`).test(exported) ? `Stripe.${name}` : "Record<string, unknown>";
};

const generate = (): string => {
  const endpoints = readEndpoints(resources);
  const files = [...new Set(endpoints.map(({ file }) => join(resources, file)))];
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const hashes = createHashes();

  const find = (endpoint: Endpoint): Found => {
    const source = program.getSourceFile(join(resources, endpoint.file));
    const declared = source?.statements.find(
      (statement) => ts.isClassDeclaration(statement) && statement.name?.text === endpoint.className,
    );
    const methods =
      declared && ts.isClassDeclaration(declared) ? declared.members.filter(ts.isMethodDeclaration) : [];
    const parameters = methods
      .filter((member) => member.name.getText(source) === endpoint.method)
      .flatMap((member) =>
        member.parameters.filter((parameter) => parameter.name.getText(source) === "params"),
      );
    const [parameter] = parameters;
    if (!parameter?.type) return { endpoint, row: {}, type: "object" };
    const type = checker.getNonNullableType(checker.getTypeAtLocation(parameter));
    const row = readHash(type, { checker, hashes, stack: [] });
    return { endpoint, row, type: publicName(endpoint.file, parameter.type.getText(source)) };
  };

  const found = endpoints.map(find);
  const types = found.map(({ endpoint, type }) => `  "${endpoint.name}": ${type};`).join("\n");
  const rows = found.map(({ endpoint, row }) => `${JSON.stringify(endpoint.name)}: ${JSON.stringify(row)}`);
  return `// Written by scripts/generate-requests.ts from the declarations of the stripe package; do not edit.
import type Stripe from "stripe";
import type { RequestShapes } from "../request-fields.js";

/** The SDK's own type of each endpoint's parameters. */
export interface RequestParams {
${types}
}

export const requestShapes: RequestShapes = {
  hashes: [
${hashes.rows.map((row) => `    ${JSON.stringify(row)},`).join("\n")}
  ],
  requests: {
${rows.map((row) => `    ${row},`).join("\n")}
  },
};
`;
};

/** Where the outcome lives. */
const target = fileURLToPath(new URL("../src/api/generated/requests.ts", import.meta.url));

export { generate, target };

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, generate());
