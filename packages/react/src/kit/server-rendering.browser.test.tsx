import { act, cleanup } from "@testing-library/react";
import { describeForSale } from "@tollgate/core";
import { type ReactNode, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BillingPortalButton, BillingProvider, PricingTable, UpgradeGate } from "../index.js";
import { modelPlans } from "../pricing-table/demo-plans.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";
import { createTestFetch } from "../testing/create-test-fetch.js";

afterEach(cleanup);

async function hydrate(page: ReactNode) {
  const html = renderToString(page);
  const container = document.body.appendChild(document.createElement("div"));
  container.innerHTML = html;
  const before = container.innerHTML;
  const complaints: unknown[] = [];
  const errors = vi.spyOn(console, "error").mockImplementation((...said) => void complaints.push(said));
  const root = hydrateRoot(container, page, { onRecoverableError: (error) => complaints.push(error) });
  await act(async () => undefined);
  const after = container.innerHTML;
  errors.mockRestore();
  act(() => root.unmount());
  container.remove();
  return { html, before, after, complaints };
}

function page(props: Partial<Parameters<typeof BillingProvider>[0]>) {
  return (
    <StrictMode>
      <BillingProvider plans={storyPlans} locale="de-DE" {...props}>
        <UpgradeGate feature="export">Exported.</UpgradeGate>
        <UpgradeGate feature="sso">Signed on.</UpgradeGate>
        <BillingPortalButton />
        <PricingTable />
      </BillingProvider>
    </StrictMode>
  );
}

describe("server rendering", () => {
  it("gives the very HTML of the first client render, and fetches nothing", async () => {
    const fetch = createTestFetch({ plans: storyPlans });
    const initialAccess = accessFor(storyPlans, {
      planId: "pro",
      subscription: { cancelAt: "2026-12-31T23:59:59.000Z", currency: "eur" },
    });
    const { html, before, after, complaints } = await hydrate(page({ initialAccess, fetch }));
    expect(complaints).toEqual([]);
    expect(after).toBe(before);
    expect(html).toContain("Exported.");
    expect(html).not.toContain("Signed on.");
    expect(html).toContain('data-state="denied"');
    expect(fetch.requests).toEqual([]);
  });

  it("shows at once what the server describes, where the catalog alone is not enough", async () => {
    const fetch = createTestFetch({ plans: modelPlans });
    const [initialAccess, initialPlans] = [accessFor(modelPlans), describeForSale(modelPlans)];
    const { html, before, after, complaints } = await hydrate(
      page({ plans: modelPlans, initialAccess, initialPlans, fetch }),
    );
    expect(complaints).toEqual([]);
    expect(after).toBe(before);
    expect(html).toContain("Packs");
    expect(html).not.toContain("data-blank");
    expect(fetch.requests).toEqual([]);
  });

  it("renders a closed, loading gate when nothing is known, without a mismatch", async () => {
    const fetch = createTestFetch({ plans: storyPlans, delay: "never" });
    const { html, complaints } = await hydrate(page({ fetch }));
    expect(complaints).toEqual([]);
    expect(html).toContain('data-tollgate="upgrade-gate" data-state="loading"');
    expect(html).not.toContain("Exported.");
  });
});
