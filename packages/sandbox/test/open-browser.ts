import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "playwright";
import { chromiumLaunchOptions } from "../../../.config/chromium.js";

/** The machine's own Chromium, as every test here starts it. */
export const openBrowser = (): Promise<Browser> => chromium.launch(chromiumLaunchOptions());

/** The app that pages return to; it only has to be there. */
const appUrl = "http://app.test";

/**
 * A browser for which `appUrl` is a server of this machine. A route of Playwright's would not do: it sees no redirects,
 * so that the browser would ask the network for the name, fail, and try again a second later.
 */
export async function openBrowserBesideApp(): Promise<Browser> {
  const app = createServer((_, response) => {
    response.setHeader("content-type", "text/plain").end("Back in the app");
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const { port } = app.address() as AddressInfo;
  const { args = [], ...options } = chromiumLaunchOptions();
  const rule = `--host-resolver-rules=MAP ${new URL(appUrl).host} 127.0.0.1:${port}`;
  const browser = await chromium.launch({ ...options, args: [...args, rule] });
  browser.on("disconnected", () => app.close());
  return browser;
}

/** What axe finds wrong with the page in light and in dark, one line each; an empty list is what we want. */
export const findViolations = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    // A colour in transition would be measured half-way.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // Only the colours differ in the dark.
    if (colorScheme === "dark") axe.withRules(["color-contrast"]);
    const { violations } = await axe.analyze();
    for (const { id, nodes } of violations) {
      found.push(`${colorScheme}: ${id}: ${nodes.map((node) => node.html).join(" ")}`);
    }
  }
  return found;
};

/** Whether anything overflows sideways at the widths that we promise. */
export const findOverflow = async (page: Page, widths = [320, 375, 768, 1280]): Promise<number[]> => {
  const tooWide: number[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
    if (scrollWidth > width) tooWide.push(width);
  }
  return tooWide;
};
