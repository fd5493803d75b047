import type { TestContext } from "vitest";
import { installSdk } from "./install-sdk.js";

/** A release of the SDK, and the API version that it pins. */
export type Sdk = { release: string; version: string };

const everyday: readonly Sdk[] = [
  { release: "18.5.0", version: "2025-08-27.basil" },
  { release: "22.6.2", version: "2026-08-26.dahlia" },
];
const nightly: readonly Sdk[] = [
  { release: "14.25.0", version: "2023-10-16" },
  { release: "17.7.0", version: "2025-02-24.acacia" },
  { release: "20.4.1", version: "2026-02-25.clover" },
];

const all = process.env.TOLLGATE_SDKS === "all";

/** The last release of each major that people run: two in `pnpm test`, all in `pnpm prove nightly`. */
export const sdks: readonly Sdk[] = all ? [...everyday, ...nightly] : everyday;

/**
 * The folder of an SDK. Without a registry the test is skipped, and says so; where the SDKs are asked for by name, or in
 * CI, it fails.
 */
export const needSdk = async ({ release }: Sdk, { skip }: TestContext): Promise<string> => {
  try {
    return await installSdk(release);
  } catch (error) {
    if (all || process.env.CI) throw error;
    console.warn(String(error));
    return skip(String(error));
  }
};
