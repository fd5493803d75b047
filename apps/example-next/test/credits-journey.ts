import { expect, it } from "vitest";
import { actOn, type Stage } from "./stage.js";
import { expectAccessible, fillCard } from "./steps.js";

/** Ada asks the assistant: what it may cost is held while it works, whichever tab she asks in. */
export function tellCredits(stage: () => Stage): void {
  const { main, says, press, visit } = actOn(stage);

  it("holds what an answer may cost, lets another tab not spend it, and frees what was not needed", async () => {
    const { page, demo } = stage();
    await visit("/assistant");
    await says(/Free to use100Held by what is running0Expires next100 on/);
    await expectAccessible(page);
    const other = await page.context().newPage();
    await other.goto(`${demo.appUrl}/assistant`);
    await press("Ask, for up to 60 credits");
    await says(/Free to use40Held by what is running60.*Up to 60 credits are held/s);
    await other.getByRole("button", { name: /^Ask/ }).click();
    await expect
      .poll(() => other.locator("main").textContent(), { timeout: 15_000 })
      .toMatch(/may cost 60 credits, and 40 are free now/);
    await other.close();
    await says(/Free to use61Held by what is running0.*It took 39 credits; 21 .* are free again/s);
  });

  it("uses nothing where the model fails", async () => {
    await stage().page.getByLabel("Let the model fail").check();
    await press("Ask, for up to 60 credits");
    await says(/Free to use61Held by what is running0.*The model failed. Nothing was used/s);
  });

  it("has a pack in the first HTML after it was bought, and uses first what expires first", async () => {
    const { page, demo } = stage();
    await page.getByRole("button", { name: /200 AI credits/ }).click();
    await page.waitForURL(/\/c\/pay\//);
    await fillCard(page, "4242 4242 4242 4242");
    await page.getByRole("button", { name: /^Pay/ }).click();
    await page.waitForURL((url) => url.origin === demo.appUrl);
    expect(await main()).toMatch(/Free to use261Held by what is running0Expires next61 on/);
  });
}
