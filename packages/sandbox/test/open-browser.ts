import AxeBuilder from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "playwright";
import { chromiumLaunchOptions } from "../../../.config/chromium.js";

/** The machine's own Chromium, as every test here starts it. */
export const openBrowser = (): Promise<Browser> => chromium.launch(chromiumLaunchOptions());

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
