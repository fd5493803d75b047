import { existsSync } from "node:fs";
import { chromium, type LaunchOptions } from "playwright";

const candidates = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  chromium.executablePath(),
];

/**
 * How every test here starts Chromium: `CHROMIUM_PATH`, then the system's, then Playwright's own. Its headless shell has
 * the same engine without a window's work: the tests that drive pages take a third of the time. The flags stop a fresh
 * browser without a sandbox from calling home on closed networks.
 */
export function chromiumLaunchOptions(): LaunchOptions {
  const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      "No Chromium found. Install one (Debian: apt-get install -y chromium-headless-shell) or set CHROMIUM_PATH.",
    );
  }
  return {
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}
