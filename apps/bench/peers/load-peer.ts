import { createRequire } from "node:module";

// Next to the peers' own package.json, so that their names resolve to what is installed for it.

/** A peer's module, as ESM. */
export const importPeer = (name: string): Promise<unknown> => import(name);

/** A peer's module, as CommonJS. */
export const requirePeer: (name: string) => unknown = createRequire(import.meta.url);
