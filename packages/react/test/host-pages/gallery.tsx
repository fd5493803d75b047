import { render, waitFor } from "@testing-library/react";
import type { Catalog } from "@tollgate/core";
import { createSandbox } from "@tollgate/sandbox";
import { createStripe } from "@tollgate/sandbox/browser";
import type { ReactNode } from "react";
import { expect } from "vitest";
import { BillingPortalButton } from "../../src/billing-portal-button/billing-portal-button.js";
import { Button } from "../../src/button/button.js";
import { BuyButton } from "../../src/buy-button/buy-button.js";
import { BillingProvider, type BillingProviderProps } from "../../src/kit/billing-provider.js";
import { PaymentForm } from "../../src/payment-form/payment-form.js";
import { demoPlans } from "../../src/pricing-table/demo-plans.js";
import { PricingTable } from "../../src/pricing-table/pricing-table.js";
import type { PricingTableClassNames } from "../../src/pricing-table/pricing-table-class-names.js";
import { storyPlans } from "../../src/stories/story-plans.js";
import {
  accessFor,
  createTestFetch,
  subscriptionFor,
  type TestFetchOptions,
} from "../../src/testing/index.js";
import { UpgradeGate } from "../../src/upgrade-gate/upgrade-gate.js";

const sandbox = createSandbox({ seed: "host-pages" });
const stripe = createStripe(sandbox.publishableKey, { apiBase: sandbox.url, fetch: sandbox.fetch });
const never = new Promise<null>(() => undefined);
const onFree = accessFor(demoPlans);
const onPro = accessFor(demoPlans, {
  subscription: subscriptionFor(demoPlans, "pro", { cancelAt: "2026-12-20T00:00:00.000Z" }),
});
const summary = {
  lines: [{ label: "Pro", detail: "Monthly", amount: 2900 }],
  currency: "usd",
  dueNow: 2900,
  dueLater: { amount: 2900, on: "2026-12-21T00:00:00.000Z", every: "month" },
} as const;

interface SceneProps
  extends Omit<TestFetchOptions<Catalog>, "plans">,
    Omit<BillingProviderProps, "plans" | "fetch"> {
  readonly asks?: boolean;
  readonly catalog?: Catalog;
  readonly children: ReactNode;
}

/** A provider that is answered from within the page. */
function Scene({
  asks = false,
  catalog = demoPlans,
  access,
  delay,
  failing,
  children,
  ...provided
}: SceneProps) {
  const fetch = createTestFetch({
    plans: catalog,
    ...(access && { access }),
    ...(delay && { delay }),
    ...(failing && { failing }),
  });
  return (
    <BillingProvider
      {...(asks ? {} : { plans: catalog })}
      {...(access && { initialAccess: access })}
      {...provided}
      fetch={fetch}
    >
      {children}
    </BillingProvider>
  );
}

const createPayment = async (): Promise<string> => {
  const response = await sandbox.fetch(
    new Request(`${sandbox.url}/v1/payment_intents`, {
      method: "POST",
      headers: { authorization: `Bearer ${sandbox.secretKey}` },
      body: new URLSearchParams({ amount: "2900", currency: "usd" }),
    }),
  );
  return (await response.json()).client_secret;
};

interface GalleryProps {
  readonly clientSecret: string;
  /** The host's own classes on the first table. */
  readonly classNames?: PricingTableClassNames;
}

/** Every component in every state that one can see, on a sheet of its own. */
function Gallery({ clientSecret, classNames }: GalleryProps) {
  return (
    <main
      data-gallery=""
      style={{
        position: "absolute",
        inset: "0 auto auto 0",
        boxSizing: "border-box",
        inlineSize: 1240,
        padding: 20,
        border: 0,
        font: "16px / 1.5 sans-serif",
        textAlign: "start",
        color: "black",
        background: "white",
      }}
    >
      <Scene access={onFree}>
        <PricingTable {...(classNames && { classNames })} />
        <PricingTable layout="matrix" defaultInterval="year" />
        <UpgradeGate feature="export" />
        <UpgradeGate feature="sso" />
        <BillingPortalButton />
      </Scene>
      <Scene access={onPro}>
        <PricingTable />
        <UpgradeGate feature="roles" />
        <BillingPortalButton variant="primary">Manage</BillingPortalButton>
      </Scene>
      <Scene catalog={storyPlans} access={accessFor(storyPlans, { planId: "pro" })}>
        <BuyButton productId="handbook" />
      </Scene>
      <Scene catalog={storyPlans} access={accessFor(storyPlans, { customerId: null })} signInUrl="/sign-in">
        <BuyButton productId="handbook" />
      </Scene>
      <Scene access={accessFor(demoPlans, { customerId: null })} signInUrl="/sign-in">
        <PricingTable />
        <UpgradeGate feature="export" />
      </Scene>
      <Scene asks delay="never">
        <PricingTable />
        <UpgradeGate feature="export" />
        <BillingPortalButton variant="quiet" />
      </Scene>
      <Scene asks failing={{ plans: "store_unavailable", access: "store_unavailable" }}>
        <PricingTable />
        <UpgradeGate feature="export" />
      </Scene>
      <PaymentForm stripe={stripe} clientSecret={clientSecret} summary={summary} />
      <PaymentForm stripe={never} clientSecret={clientSecret} summary={summary} />
      <PaymentForm stripe={null} clientSecret={clientSecret} summary={summary} />
      <div style={{ border: 0 }}>
        <Button variant="primary" disabled>
          Off
        </Button>
        <Button variant="secondary" busy busyLabel="Opening…">
          Open
        </Button>
      </div>
      <Scene access={onPro}>
        <UpgradeGate feature="export">
          <div data-behind="" style={{ blockSize: 200, overflow: "hidden", border: 0 }}>
            <h2>The host's own</h2>
            <ul>
              <li>
                One <a href="/two">two</a>
              </li>
            </ul>
            <p>
              Text and <button type="button">a button</button>
            </p>
          </div>
        </UpgradeGate>
      </Scene>
    </main>
  );
}

/** Puts it on the page, and waits for what has to arrive. */
export async function showGallery(props: Omit<GalleryProps, "clientSecret"> = {}): Promise<HTMLElement> {
  const { container } = render(<Gallery {...props} clientSecret={await createPayment()} />);
  await waitFor(() => {
    const form = container.querySelector('[data-tollgate="payment-form"]');
    expect(form?.getAttribute("data-state")).toBe("ready");
    expect(form?.querySelector("[aria-busy]") ?? null).toBeNull();
  });
  return container.querySelector("[data-gallery]") as HTMLElement;
}
