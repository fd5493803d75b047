import { expect, it } from "vitest";
import { actOn, type Stage } from "./stage.js";
import { expectAccessible, fillCard, signInAs } from "./steps.js";

/** Grace buys with a card whose bank always asks, and does everything else in the app's own pages. */
export function tellAccount(stage: () => Stage): void {
  const { main, says, press } = actOn(stage);

  async function choose(plan: string, seats?: string): Promise<void> {
    const { page } = stage();
    await page.getByRole("link", { name: "Change plan" }).click();
    await page.waitForURL(/\/account\/change/);
    await page.getByRole("combobox", { name: /^Plan/ }).selectOption(plan);
    if (seats) await page.getByLabel("Seats").fill(seats);
    await press("Show what it costs");
    await page.getByRole("table", { name: "What it costs" }).waitFor();
  }

  it("buys with a card whose bank always asks", async () => {
    const { page, demo } = stage();
    await signInAs(page, demo.appUrl, "Grace");
    await page.getByRole("article", { name: "Pro" }).getByRole("button").click();
    await page.waitForURL(/\/c\/pay\//);
    await fillCard(page, "4000 0027 6000 3184");
    await page.getByRole("button", { name: /^Pay/ }).click();
    await press("Complete authentication");
    await page.waitForURL(`${demo.appUrl}/reports`);
    await page.goto(`${demo.appUrl}/account`);
    await says(/Pro.*\$29 per month/s);
  });

  it("adds projects for what was shown, plans their end, and keeps them after all", async () => {
    const { page, demo } = stage();
    const follow = async (name: string) => {
      await page.getByRole("link", { name, exact: true }).click();
      await page.getByRole("table", { name: "What it costs" }).waitFor();
    };
    await expectAccessible(page);
    await follow("Add Project pack");
    expect(await main()).toMatch(/Pro with Project pack, by the month.*Charged now\s*\$5.*Then \$34 on/s);
    await press("Confirm change");
    await press("Complete authentication");
    await page.waitForURL(`${demo.appUrl}/account`);
    await says(/Project pack.*You have 1, for \$5 per month each/s);
    await follow("Remove Project pack");
    expect(await main()).toMatch(/Project pack is taken off.*Charged now\s*\$0.*Then \$29 on/s);
    await expectAccessible(page);
    await press("Confirm change");
    await page.waitForURL(`${demo.appUrl}/account`);
    await says(/Changes on .*: Pro, by the month.*You have 1, and none from/s);
    await press("Undo the change");
    await says(/Renews on.*You have 1, for \$5 per month each/s);
  });

  it("sees to the cent what an upgrade costs that includes them, and keeps hers when her bank refuses", async () => {
    const { page, demo } = stage();
    await choose("team", "5");
    expect(await main()).toMatch(/Project pack is included in the new plan/);
    expect(await main()).toMatch(/-\$5.*Charged now\s*\$61.*Then \$95 on/s);
    await expectAccessible(page);
    await press("Confirm change");
    await press("Fail authentication");
    await says(/unable to authenticate/i);
    await page.goto(`${demo.appUrl}/account`);
    await says(/Pro.*\$29 per month/s);
  });

  it("has it once the bank agrees, in the page", async () => {
    const { page, demo } = stage();
    await choose("team", "5");
    await press("Confirm change");
    await press("Complete authentication");
    await page.waitForURL(`${demo.appUrl}/account`);
    await says(/Team.*\$95 per month, 5 seats/s);
    expect(stage().blocked).toEqual([]);
  });

  it("plans a downgrade for the period's end, and takes it back", async () => {
    const { page, demo } = stage();
    await choose("pro");
    expect(await main()).toMatch(/until then all stays as it is.*Charged now\s*\$0/s);
    await press("Confirm change");
    await page.waitForURL(`${demo.appUrl}/account`);
    await says(/Team.*Changes on .*: Pro/s);
    await press("Undo the change");
    await says(/Team.*Renews on/s);
  });

  it("cancels, says why, and stays after all", async () => {
    const { page, demo } = stage();
    await page.getByRole("link", { name: "Cancel plan" }).click();
    await page.waitForURL(/\/account\/cancel/);
    await page.getByLabel("It costs too much").check();
    await page.getByLabel("What should we know?").fill("Too dear for two");
    await expectAccessible(page);
    await press("Cancel plan");
    await page.waitForURL(`${demo.appUrl}/account`);
    await says(/Team.*Ends on/s);
    await press("Keep my plan");
    await says(/Team.*Renews on/s);
  });

  it("is told that her renewal failed, and is rescued with another card", async () => {
    const { page, demo } = stage();
    const saveCard = async (number: string) => {
      await fillCard(page, number);
      await page.getByRole("button", { name: /save|add|update/i }).click();
    };
    await page.goto(`${demo.appUrl}/api/billing/portal/card`);
    await saveCard("4000 0000 0000 0341");
    await page.goto(`${demo.sandboxUrl}/dashboard`);
    await press("+1 month");
    await press("+1 day");
    await page.goto(`${demo.appUrl}/account`);
    await expect
      .poll(() => page.reload().then(main), { timeout: 15_000 })
      .toMatch(/Your last payment failed.*\$95 could not be charged.*The next attempt is on/s);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Use another card" }).click();
    await saveCard("4242 4242 4242 4242");
    await page.goto(`${demo.appUrl}/account`);
    await press("Pay $95");
    await expect
      .poll(() => page.reload().then(main), { timeout: 15_000 })
      .toMatch(/Team.*Renews on.*\$95paid/s);
    expect(await main()).not.toContain("failed");
  });
}
