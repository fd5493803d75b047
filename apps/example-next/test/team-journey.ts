import { it } from "vitest";
import { actOn, type Stage } from "./stage.js";
import { expectAccessible, fillCard } from "./steps.js";

/** Seats follow the people that Ada invites: more are paid now, fewer are billed from the next period on. */
export function tellTeam(stage: () => Stage): void {
  const { says, press, visit } = actOn(stage);
  const ask = async (emails: string) => {
    await stage().page.getByLabel("Who to invite").fill(emails);
    await press("Show what it costs");
  };

  it("invites as many as there are seats for nothing", async () => {
    const { page, demo } = stage();
    // One that pays while nobody is there to confirm.
    await visit("/api/billing/portal/card");
    await fillCard(page, "4242 4242 4242 4242");
    await page.getByRole("button", { name: /save|add|update/i }).click();
    await visit("/account/change?plan=team&interval=month&seats=3");
    await press("Confirm change");
    await page.waitForURL(`${demo.appUrl}/account`);
    await visit("/team");
    await says(/1 person; 3 seats are paid for/);
    await ask("bob@example.com, tom@example.com");
    await says(/This costs nothing/);
    await press("Invite");
    await says(/3 people; 3 seats are paid for/);
  });

  it("shows to the cent what one more costs, charges that, and has the seat", async () => {
    await ask("zoe@example.com");
    await says(/4 seats of Team.*It happens now.*Charged now\s*\$19.*Then \$76 on/s);
    await expectAccessible(stage().page);
    await press("Invite and pay");
    await says(/4 people; 4 seats are paid for/);
  });

  it("bills one seat fewer from the next period on, once somebody is removed", async () => {
    await stage().page.getByRole("link", { name: "Remove tom@example.com" }).click();
    await says(/3 seats of Team.*until then all stays as it is.*Charged now\s*\$0/s);
    await press("Remove");
    await says(/3 people; 4 seats are paid for. From \w+ \d+, \d{4} on, 3 are billed/);
  });
}
