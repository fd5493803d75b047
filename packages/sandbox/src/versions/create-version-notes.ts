import { isOlder } from "./version.js";

/** The oldest version whose changes are in the table. */
const oldest = "2023-10-16";

/** Says once of each version that is asked for what is not translated: what changed before the table begins. */
export const createVersionNotes = (log: (line: string) => void) => {
  const told = new Set<string>();
  return (version: string): void => {
    // Whoever invents versions must not fill the memory.
    if (told.has(version) || told.size === 100 || !isOlder(version, oldest)) return;
    told.add(version);
    log(`Sandbox: API version ${version} is translated, except for what changed before ${oldest}.`);
  };
};
