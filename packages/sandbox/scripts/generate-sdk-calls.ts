import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { resources } from "./open-sdk.js";
import { type Endpoint, readEndpoints } from "./read-endpoints.js";

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** `this.creditBalanceSummaries = new CreditBalanceSummaryResource(stripe)` */
const property = /this\.(\w+) =\s+new (\w+)Resource\(/g;

/** What a namespace calls each of its resources: mostly, but not always, as their files are called. */
const namesIn = (folder: string): Map<string, string> => {
  const index = join(resources, folder, "index.js");
  const source = existsSync(index) ? readFileSync(index, "utf8") : "";
  return new Map([...source.matchAll(property)].map(([, name = "", resource = ""]) => [resource, name]));
};

/** `Checkout/Sessions.d.ts` and `create` as `checkout.sessions.create`. */
const nameOf = ({ file, className, method }: Endpoint): string => {
  const [resource = "", ...above] = file
    .replace(/\.d\.ts$/, "")
    .split(/[\\/]/)
    .reverse();
  const folders = above.reverse();
  const own = namesIn(join(...folders, ".")).get(className.replace(/Resource$/, ""));
  return [...folders.map(lowerFirst), own ?? lowerFirst(resource), method].join(".");
};

/** The text of `generated/sdk-calls.ts`: which method of the installed SDK calls each endpoint. */
export const generateSdkCalls = (): string => {
  const rows = readEndpoints(resources).map(
    (endpoint) => `  ${JSON.stringify(endpoint.name)}: ${JSON.stringify(nameOf(endpoint))},`,
  );
  return `// Written by scripts/generate-sdk-calls.ts from the code of the stripe package; do not edit.

/** The method of the \`stripe\` package that calls an endpoint. */
export const sdkCalls: Record<string, string> = {
${rows.join("\n")}
};
`;
};

/** Where the output goes. */
export const sdkCallsFile = fileURLToPath(new URL("../src/api/generated/sdk-calls.ts", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(sdkCallsFile, generateSdkCalls());
