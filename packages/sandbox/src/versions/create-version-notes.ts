import { changes } from "./changes.js";
import { isOlder } from "./version.js";

/** The oldest version whose changes are in the table. */
const oldest = "2023-10-16";

/** What is not translated for an API version. */
const gapsOf = (version: string): string[] => [
  ...(isOlder(version, oldest) ? [`what changed before ${oldest}`] : []),
  ...changes.flatMap(({ since, untranslated }) =>
    untranslated !== undefined && isOlder(version, since) ? [untranslated] : [],
  ),
];

/** Says once of each version that is asked for what is not translated. */
export const createVersionNotes = (log: (line: string) => void) => {
  const told = new Set<string>();
  return (version: string): void => {
    // Whoever invents versions must not fill the memory.
    if (told.has(version) || told.size === 100) return;
    told.add(version);
    const gaps = gapsOf(version);
    if (gaps.length > 0) log(`Sandbox: API version ${version} is translated, except for ${gaps.join("; ")}.`);
  };
};
