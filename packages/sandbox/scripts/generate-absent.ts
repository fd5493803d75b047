import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { routes } from "../src/api/http/routes.js";
import { otherFamilies } from "./write-parameters.js";

/** The text of `generated/absent-families.ts`: what the installed SDK can call and the sandbox serves nothing of. */
export const generateAbsent = (): string => {
  const served = routes.map(({ method, path }) => `${method} ${path}`);
  return `// Written by scripts/generate-absent.ts from the code of the stripe package and the routes; do not edit.

/** Paths of the \`stripe\` package under which nothing is served. */
export const absentFamilies: readonly string[] = [
${otherFamilies(served)
  .map((family) => `  ${JSON.stringify(family)},`)
  .join("\n")}
];
`;
};

/** Where the output goes. */
export const absentFile = fileURLToPath(new URL("../src/api/generated/absent-families.ts", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(absentFile, generateAbsent());
