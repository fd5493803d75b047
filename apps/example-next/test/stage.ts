import type { Page } from "playwright";
import { expect } from "vitest";
import type { DemoProcess } from "../../../.config/demo-process.js";

/** Where a journey plays. */
export interface Stage {
  readonly page: Page;
  readonly demo: DemoProcess;
  /** What the browser would not run. */
  readonly blocked: readonly string[];
}

/** What people do on every page, in few words. */
export function actOn(stage: () => Stage) {
  const main = () => stage().page.locator("main").textContent();
  return {
    main,
    says: (words: RegExp) => expect.poll(main, { timeout: 15_000 }).toMatch(words),
    press: (name: string) => stage().page.getByRole("button", { name, exact: true }).click(),
    visit: (path: string) => stage().page.goto(stage().demo.appUrl + path),
  };
}
