import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memory } from "../../src/stores/memory/memory.js";
import { type Customer, type DunningStory, day, openStory } from "./dunning-story.js";

const app = "https://app.example.com/";

describe("the link to another card", () => {
  let story: DunningStory;
  let customer: Customer;

  beforeAll(async () => {
    story = await openStory(memory(), { dunning: { retryAfterDays: [20], finally: "cancel" } });
    customer = await story.begin();
    await customer.replaceCard("pm_card_chargeCustomerFail");
    await customer.renew();
  });
  afterAll(() => story.close());

  /** As a browser does when a link in a web mail is clicked. */
  const click = (as?: string, role?: "member") =>
    story.world.call("GET", "/portal/card", {
      ...(as && { as }),
      ...(role && { role }),
      headers: { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "sec-fetch-site": "cross-site" },
    });

  test("opens the page where the card is replaced, days after the mail", async () => {
    const [notice] = customer.told("dunning.notice");
    expect(notice?.data).toMatchObject({ updateUrl: `${app}api/billing/portal/card` });
    await customer.sleep(6 * day);
    const { status, headers } = await click(customer.user);
    expect(status).toBe(303);
    expect(headers.get("cache-control")).toBe("no-store");
    const page = await fetch(headers.get("location") ?? "");
    expect(await page.text()).toContain("Card");
    expect(page.url).toMatch(/\/card$/);
  });

  test.each([
    ["nobody is signed in", undefined, undefined],
    ["a member clicks it", "own", "member"],
    ["somebody without an account does", "stranger", undefined],
  ] as const)("leads to the app where %s", async (_name, as, role) => {
    const answer = await click(as === "own" ? customer.user : as, role);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, app]);
  });

  test("refuses what is no navigation in words, and what another site's page fetches", async () => {
    const fetched = await story.world.call("GET", "/portal/card");
    expect(fetched).toMatchObject({ status: 401, body: { error: { code: "unauthenticated" } } });
    const headers = { "sec-fetch-mode": "no-cors", "sec-fetch-site": "cross-site" };
    const image = await story.world.call("GET", "/portal/card", { as: customer.user, headers });
    expect(image).toMatchObject({ status: 403, body: { error: { code: "cross_origin" } } });
  });

  test.each([
    ["/account/billing", `${app}account/billing`],
    [`${app}pay?from=mail`, `${app}pay?from=mail`],
  ])("may be a page of the app: %s", async (updateUrl, expected) => {
    const own = await openStory(memory(), {}, { dunning: { updateUrl } });
    const payer = await own.begin();
    await payer.replaceCard("pm_card_chargeCustomerFail");
    await payer.renew();
    expect(payer.told("dunning.notice")).toMatchObject([{ data: { updateUrl: expected } }]);
    await own.close();
  });

  test.each([
    [{ updateUrl: "https://evil.example.net/" }, "dunning.updateUrl"],
    [{ updateUrl: "account" }, "dunning.updateUrl"],
    [{ noticeDays: [0, 0] }, "dunning.noticeDays"],
    [{ noticeDays: [3, 1] }, "dunning.noticeDays"],
    [{ noticeDays: [-1] }, "dunning.noticeDays"],
    [{ noticeDays: [0.5] }, "dunning.noticeDays"],
    [{ noticeDays: [61] }, "dunning.noticeDays"],
  ])("and what it is set to is checked: %j", (dunning, option) => {
    const make = () => story.world.instance({ store: memory(), dunning });
    expect(make).toThrow(expect.objectContaining({ code: "invalid_options", details: { option } }));
  });
});
