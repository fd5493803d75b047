import { originOf, readPackages, readRepository } from "./.ci/origin.mjs";

export const hooks = {
  /** `pnpm pack` and `pnpm publish` write into each package where it comes from. */
  beforePacking: (manifest) => {
    const found = readPackages().find((one) => one.manifest.name === manifest.name);
    return found ? { ...manifest, ...originOf(readRepository(), found.directory) } : manifest;
  },
};
