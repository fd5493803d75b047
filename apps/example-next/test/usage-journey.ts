import { expect, it } from "vitest";
import { actOn, type Stage } from "./stage.js";
import { expectAccessible, signInAs } from "./steps.js";

/** Messages are counted: Grace, who pays nothing, runs out of them; Ada, who pays, may go on for their price. */
export function tellUsage(stage: () => Stage): void {
  const { says, press, visit } = actOn(stage);
  const meter = () => stage().page.getByRole("meter", { name: "Sent in this period" });

  it("fills the meter, refuses more at once than are left, and says what would help and what it costs", async () => {
    const { page, demo } = stage();
    await signInAs(page, demo.appUrl, "Grace");
    await visit("/messages");
    await says(/0 of 10.*starts again on \w+ 1, \d{4}/s);
    await press("Send 5 messages");
    await says(/5 of 10/);
    await press("Send a message");
    await says(/6 of 10/);
    await press("Send 5 messages");
    await says(/6 of 10.*you have 4 left, and wanted 5/s);
    await page.getByRole("button", { name: "Send a message" }).focus();
    for (const sent of [7, 8, 9, 10]) {
      // By the keyboard: the button stays where the person is.
      await page.keyboard.press("Enter");
      await says(new RegExp(`${sent} of 10`));
    }
    await says(/used all 10 messages.*as many again on.*Pro\s*500 messages, \$29 per month.*Team/s);
    expect(await meter().getAttribute("value")).toBe("10");
    await press("Send a message");
    await says(/10 of 10.*Nothing was sent: all are used/s);
    await expectAccessible(page);
    const html = await (await page.context().request.get(`${demo.appUrl}/messages`)).text();
    expect(html).toContain("used all 10 messages");
  });

  it("starts Ada's at none, and says what it costs to go on beyond hers", async () => {
    const { page, demo } = stage();
    await signInAs(page, demo.appUrl, "Ada");
    await visit("/messages");
    await says(/0 of 500.*beyond those costs \$0.02/s);
    await press("Send a message");
    await says(/1 of 500/);
  });
}
