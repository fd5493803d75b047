import type { BrowserContext, Locator, Page } from "playwright";

/** A page with a gate, from the moment it was opened. */
export interface GatePage {
  readonly page: Page;
  /** Each state that the gate has been in, in order, its first HTML included. */
  gateStates(): Promise<readonly string[]>;
  /** How often a document of the app was loaded. */
  loads(): number;
}

const gate = '[data-tollgate="upgrade-gate"]';
const opened = "Export as CSV";

/** Opens the page, upgrades at its gate, pays on the sandbox's hosted page with its own test card, and comes back. */
export async function upgradeAtGate(context: BrowserContext, appUrl: string): Promise<GatePage> {
  const page = await context.newPage();
  await page.addInitScript(recordGate, gate);
  await page.goto(appUrl);
  await pressUntil(page, page.locator(`${gate}[data-state="denied"]`).getByRole("button"), "/c/pay/");
  await page.getByRole("group", { name: "Test cards" }).getByRole("button").first().click();
  const watched = watch(page, appUrl);
  await page.getByRole("button", { name: /^(Pay|Subscribe|Start trial)/ }).click();
  await page.waitForURL((url) => url.href.startsWith(appUrl));
  return watched;
}

/** A button of the server's HTML does nothing before the page has loaded its scripts: then a person presses again. */
async function pressUntil(page: Page, button: Locator, path: string): Promise<void> {
  const patience = { timeout: 3_000 };
  for (let tries = 10; tries > 0; tries -= 1) {
    await button.click(patience).catch(() => undefined);
    const arrived = page.waitForURL((url) => url.pathname.startsWith(path), patience);
    if (
      await arrived.then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new Error(`The button leads to no page under ${path}, but leaves us at ${page.url()}.`);
}

/** Opens the page again, and waits until what is behind the gate is there. */
export async function comeBack(context: BrowserContext, appUrl: string): Promise<GatePage> {
  const page = await context.newPage();
  await page.addInitScript(recordGate, gate);
  const watched = watch(page, appUrl);
  await page.goto(appUrl);
  await page.getByText(opened).waitFor();
  return watched;
}

function watch(page: Page, appUrl: string): GatePage {
  let loads = 0;
  page.on("load", () => {
    if (page.url().startsWith(appUrl)) loads += 1;
  });
  return {
    page,
    loads: () => loads,
    gateStates: () => page.evaluate(() => (window as unknown as { gateStates: string[] }).gateStates),
  };
}

/** Runs in the page: records every state that the gate is in. */
function recordGate(selector: string): void {
  const states: string[] = [];
  (window as unknown as { gateStates: string[] }).gateStates = states;
  const look = () => {
    const state = document.querySelector(selector)?.getAttribute("data-state");
    if (state && states.at(-1) !== state) states.push(state);
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}
