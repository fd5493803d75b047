import { expect, it } from "vitest";
import { actOn, type Stage } from "./stage.js";
import { expectAccessible, signInAs } from "./steps.js";

/** Sam works for Harbor: finds out what happened to Grace, and how the business goes. */
export function tellStaff(stage: () => Stage): void {
  const { says, press, visit } = actOn(stage);
  const get = (path: string) =>
    stage()
      .page.context()
      .request.get(stage().demo.appUrl + path);

  it("has pages that exist for nobody else", async () => {
    const { page, demo } = stage();
    const pages = ["/support?customer=ada", "/numbers", "/api/numbers"];
    const statuses = async () => Promise.all(pages.map(async (path) => (await get(path)).status()));
    expect(await page.getByRole("link", { name: "Support" }).count()).toBe(0);
    expect(await statuses()).toEqual([404, 404, 404]);
    await signInAs(page, demo.appUrl, "Sam");
    expect(await statuses()).toEqual([200, 200, 200]);
  });

  it("says in words what happened to a customer, and why something was open at any moment", async () => {
    const { page } = stage();
    await page.getByRole("link", { name: "Support" }).click();
    await page.getByLabel("Customer").fill("grace");
    await page.getByLabel("Feature").selectOption("Weekly reports");
    await press("Explain");
    await says(/Open for grace.*plan that is open is Team.*"Weekly reports" was open/s);
    await says(/What happened to grace.*Team per month, 5 seats, is past due/s);
    await says(/Pro per month began, and is active. It brings in \$29 more a month/);
    await expectAccessible(page);
    const began = page.getByRole("listitem").filter({ hasText: /Pro per month began/ });
    await began
      .last()
      .getByRole("link", { name: /Explain the moment/ })
      .click();
    await page.waitForURL(/customer=grace&at=\d{4}-/);
    await says(
      /Open for grace on.*plan that is open is Pro.*Pro was active.*Pro per month began.*The answer/s,
    );
  });

  it("draws how the business goes, with its numbers as tables and as CSV", async () => {
    const { page } = stage();
    await visit("/numbers");
    await says(/Monthly recurring revenue.*Customers who left.*Payments that went through/s);
    for (const closed of await page.locator("summary").all()) await closed.click();
    const rows = (title: string) => page.getByRole("table", { name: title }).getByRole("row").allInnerTexts();
    const sums = await rows("What changed it");
    expect(sums).toHaveLength(7);
    expect(sums[0]).toMatch(/^Month\s+New\s+Came back\s+Grew\s+Shrank\s+Left$/);
    expect(sums[6]).toMatch(/^\w+ \d{4}\s+\$58\s/);
    await expectAccessible(page);
    const [head, ...spans] = (await (await get("/api/numbers")).text()).trim().split("\r\n");
    expect(head).toMatch(/^currency,from,to,mrr_start/);
    expect(spans).toHaveLength(6);
  });
}
