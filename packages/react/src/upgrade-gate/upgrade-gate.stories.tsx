import type { Meta, StoryObj } from "@storybook/react-vite";
import { decideOutage } from "@tollgate/core";
import { expect, userEvent, within } from "storybook/test";
import { StoryBilling } from "../stories/story-billing.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";
import { UpgradeGate } from "./upgrade-gate.js";

const meta = {
  title: "UpgradeGate",
  component: UpgradeGate,
  args: {
    feature: "export",
    children: <p style={{ color: "var(--tollgate-text)" }}>Exported 1,204 rows to visitors.csv.</p>,
  },
} satisfies Meta<typeof UpgradeGate>;
export default meta;

type Story = StoryObj<typeof meta>;
type Billing = Omit<Parameters<typeof StoryBilling>[0], "children">;

const free = accessFor(storyPlans);
const outage = decideOutage({
  catalog: storyPlans,
  policies: { default: "closed", features: {} },
  customer: { id: "org_1", canManage: true },
  lastKnown: null,
  now: new Date("2026-11-21T12:00:00.000Z"),
});

function withBilling(billing: Billing): Pick<Story, "render"> {
  return {
    render: (args) => (
      <StoryBilling {...billing}>
        <UpgradeGate {...args} />
      </StoryBilling>
    ),
  };
}

function inState(status: string): Pick<Story, "play"> {
  return {
    play: async ({ canvasElement }) => {
      const root = canvasElement.querySelector("[data-tollgate='upgrade-gate']");
      await expect(root).toHaveAttribute("data-state", status);
    },
  };
}

export const Allowed: Story = {
  ...withBilling({ initialAccess: accessFor(storyPlans, { planId: "pro" }) }),
  ...inState("allowed"),
};

/** The free plan lacks it; the panel says which plan has it and what that costs. */
export const NotInPlan: Story = { ...withBilling({ initialAccess: free }), ...inState("denied") };

/** A trial says what happens when it ends. */
export const WithTrial: Story = {
  args: { feature: "history" },
  ...withBilling({ initialAccess: free }),
  ...inState("denied"),
};

export const ByTheYear: Story = {
  args: { interval: "year" },
  ...withBilling({ initialAccess: free }),
  ...inState("denied"),
};

/** Somebody who already pays switches in the portal, and never buys a second subscription. */
export const Subscriber: Story = {
  args: { feature: "history" },
  ...withBilling({
    initialAccess: accessFor(storyPlans, { planId: "pro", subscription: { currency: "eur" } }),
  }),
  ...inState("denied"),
};

export const LimitReached: Story = {
  args: { feature: "projects", used: 3 },
  ...withBilling({ initialAccess: free }),
  ...inState("denied"),
};

export const NoPlanHasMore: Story = {
  args: { feature: "messages" },
  ...withBilling({
    plans: { ...storyPlans, plans: { free: storyPlans.plans.free } },
    initialAccess: accessFor(
      { ...storyPlans, plans: { free: storyPlans.plans.free } },
      { usage: { messages: 100 } },
    ),
  }),
  ...inState("denied"),
};

/** Sold by hand: a link instead of a price. */
export const ContactUs: Story = {
  args: { feature: "sso" },
  ...withBilling({ initialAccess: free }),
  ...inState("denied"),
};

export const PaymentFailed: Story = {
  ...withBilling({
    initialAccess: accessFor(storyPlans, { planId: "pro", subscription: { status: "unpaid" } }),
  }),
  ...inState("denied"),
};

export const PaymentIncomplete: Story = {
  ...withBilling({
    initialAccess: accessFor(storyPlans, { planId: "pro", subscription: { status: "incomplete" } }),
  }),
  ...inState("denied"),
};

export const Paused: Story = {
  ...withBilling({
    initialAccess: accessFor(storyPlans, { planId: "pro", subscription: { status: "paused" } }),
  }),
  ...inState("denied"),
};

export const SignedOut: Story = { ...withBilling({ customerId: null }), ...inState("denied") };

/** Not a manager: nothing to press, but a note on whom to ask. */
export const Member: Story = {
  ...withBilling({ initialAccess: accessFor(storyPlans, { canManage: false }) }),
  ...inState("denied"),
};

/** Keeps its space, and shows its outline only when the answer takes a while. */
export const Loading: Story = { ...withBilling({ delay: "never" }), ...inState("loading") };

/** Closed when nobody knows; the rest of the page stays usable. */
export const Failed: Story = {
  ...withBilling({ failing: { access: "store_unavailable" } }),
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByRole("button", { name: "Try again" });
    await inState("failed").play?.({ canvasElement } as never);
  },
};

/** The button keeps its width while the checkout opens. */
export const Opening: Story = {
  ...withBilling({ initialAccess: free, delay: { checkout: "never" } }),
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole("button", { name: "Upgrade to Pro" }));
    await expect(within(canvasElement).getByRole("button", { name: "Opening…" })).toHaveAttribute(
      "aria-busy",
    );
  },
};

/** A button that could not open it says so, and can be pressed again. */
export const OpeningFailed: Story = {
  ...withBilling({ initialAccess: free, failing: { checkout: "provider_unavailable" } }),
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole("button", { name: "Upgrade to Pro" }));
    await within(canvasElement).findByText(/That didn't work/);
  },
};

/** A fallback of your own gets the check. */
export const OwnFallback: Story = {
  args: {
    fallback: ({ reason, upgradeTo }) => (
      <p>
        Closed ({reason}); see the {upgradeTo} plan.
      </p>
    ),
  },
  ...withBilling({ initialAccess: free }),
  ...inState("denied"),
};

/**
 * The server can't see what the person has: closed by the app's policy, with a way to try again and no plan for sale.
 */
export const StoreOutOfReach: Story = {
  ...withBilling({ initialAccess: outage }),
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).getByRole("button", { name: "Try again" })).toBeVisible();
  },
};
