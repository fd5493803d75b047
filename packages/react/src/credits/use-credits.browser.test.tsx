import { cleanup, render, screen } from "@testing-library/react";
import { definePlans } from "@tollgate/core";
import { afterEach, expect, it } from "vitest";
import { BillingProvider } from "../kit/billing-provider.js";
import { accessFor, createTestFetch } from "../testing/index.js";
import { useCredits } from "./use-credits.js";

afterEach(cleanup);

const plans = definePlans({
  features: {},
  credits: { tokens: { name: "Tokens" }, minutes: { name: "Minutes" } },
  plans: { free: { name: "Free", includes: {} } },
});

function Left({ credit }: { readonly credit: string }) {
  const { status, balance } = useCredits(credit);
  return <output>{`${status}: ${balance?.available ?? "?"} and ${balance?.held ?? "?"} held`}</output>;
}

const tokens = { available: 700, held: 20, owed: 0, expiring: null };

it("says what is left, from what the page has or from the server", async () => {
  const access = accessFor(plans, { credits: { tokens } });
  const { unmount } = render(
    <BillingProvider initialAccess={access}>
      <Left credit="tokens" />
    </BillingProvider>,
  );
  expect(screen.getByText("ready: 700 and 20 held")).toBeTruthy();
  unmount();
  render(
    <BillingProvider fetch={createTestFetch({ plans, access })}>
      <Left credit="minutes" />
    </BillingProvider>,
  );
  expect(screen.getByText("loading: ? and ? held")).toBeTruthy();
  expect(await screen.findByText("ready: 0 and 0 held")).toBeTruthy();
});

it("says so where nobody is signed in, and where they are not known", () => {
  const show = (access: ReturnType<typeof accessFor>) =>
    render(
      <BillingProvider initialAccess={access}>
        <Left credit="tokens" />
      </BillingProvider>,
    );
  show(accessFor(plans, { customerId: null }));
  expect(screen.getByText("signed_out: ? and ? held")).toBeTruthy();
  cleanup();
  show(accessFor(plans));
  expect(screen.getByText("failed: ? and ? held")).toBeTruthy();
});
