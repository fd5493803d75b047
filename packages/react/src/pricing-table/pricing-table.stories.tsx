import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, userEvent, waitFor, within } from "storybook/test";
import { accessFor, createTestFetch } from "../testing/index.js";
import { demoPlans, mixedPlans, smallPlans } from "./demo-plans.js";
import { PricingScene } from "./pricing-scene.js";

const visitor = accessFor(demoPlans, { customerId: null });
const onFree = accessFor(demoPlans);
const december = "2026-12-20T00:00:00.000Z";

/** The pricing table with the provider around it, answering by the contract. */
const meta = {
  title: "PricingTable",
  component: PricingScene,
  args: { plans: demoPlans, access: onFree, fetch: createTestFetch({ plans: demoPlans }) },
  parameters: { layout: "fullscreen" },
} satisfies Meta<typeof PricingScene>;
export default meta;
type Story = StoryObj<typeof meta>;

const card = (canvasElement: HTMLElement, name: string) =>
  within(within(canvasElement).getByRole("article", { name }));

/** Nobody is signed in; "Get" leads to the app's sign-in page. */
export const Visitor: Story = {
  args: { access: visitor, signInUrl: "#sign-in" },
  play: async ({ canvasElement }) => {
    const link = card(canvasElement, "Pro").getByRole("link", { name: "Start 14-day trial Pro" });
    await expect(link).toHaveAttribute("href", "#sign-in");
    await expect(card(canvasElement, "Enterprise").getByRole("link")).toHaveAttribute(
      "href",
      "mailto:sales@example.com",
    );
  },
};

/** Signed in on the free plan: Pro offers its trial and says what follows it. */
export const TrialOffered: Story = {
  play: async ({ canvasElement }) => {
    const pro = card(canvasElement, "Pro");
    await expect(
      pro.getByText("Free for 14 days, then $29 a month. Cancel before and pay nothing."),
    ).toBeVisible();
    const current = card(canvasElement, "Free").getByRole("button", { name: "Current plan Free" });
    await expect(current).toHaveAttribute("aria-disabled", "true");
  },
};

/** One trial per customer: afterwards the button says what it does. */
export const TrialUsed: Story = {
  args: {
    access: accessFor(demoPlans, {
      planId: "pro",
      subscription: {
        status: "ended",
        endedAt: "2026-06-15T00:00:00.000Z",
        trialEndsAt: "2026-06-15T00:00:00.000Z",
      },
    }),
  },
  play: async ({ canvasElement }) => {
    await expect(card(canvasElement, "Pro").getByRole("button", { name: "Upgrade Pro" })).toBeVisible();
  },
};

export const Yearly: Story = {
  args: { defaultInterval: "year" },
  play: async ({ canvasElement }) => {
    const pro = card(canvasElement, "Pro");
    await expect(pro.getByText("$290")).toBeVisible();
    await expect(pro.getByText("$24.17 a month, billed yearly")).toBeVisible();
  },
};

/** Switching the interval changes the amounts in place. */
export const SwitchInterval: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole("radio", { name: /Yearly/ }));
    await waitFor(() => expect(card(canvasElement, "Pro").getByText("$290")).toBeVisible());
    await expect(canvas.getByText("2 months free")).toBeVisible();
  },
};

/** Plans that save differently: the switch claims no more than is true. */
export const DifferentSavings: Story = {
  args: { plans: smallPlans, fetch: createTestFetch({ plans: smallPlans }), access: accessFor(smallPlans) },
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).getByText("Save up to 17%")).toBeVisible();
  },
};

export const SwitchCurrency: Story = {
  play: async ({ canvasElement }) => {
    await userEvent.selectOptions(within(canvasElement).getByRole("combobox", { name: "Currency" }), "jpy");
    await expect(card(canvasElement, "Pro").getByText("¥4,200")).toBeVisible();
  },
};

export const CurrentPlan: Story = {
  args: { plans: mixedPlans, access: accessFor(mixedPlans, { planId: "starter" }) },
  play: async ({ canvasElement }) => {
    const current = card(canvasElement, "Starter").getByRole("button", { name: "Current plan Starter" });
    await expect(current).toHaveAttribute("aria-disabled", "true");
    await expect(card(canvasElement, "Pro").getByRole("button", { name: "Upgrade Pro" })).toBeVisible();
    await expect(
      card(canvasElement, "Free").getByRole("button", { name: "Switch to Free Free" }),
    ).toBeVisible();
  },
};

/** One price for all can't become a price per seat at the provider's portal: the card says so, and offers nothing. */
export const NoDirectSwitch: Story = {
  args: { access: accessFor(demoPlans, { planId: "pro" }) },
  play: async ({ canvasElement }) => {
    const button = card(canvasElement, "Team").getByRole("button", { name: "No direct switch Team" });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription(/^Pro can't be switched to Team directly/);
  },
};

export const Trialing: Story = {
  args: {
    access: accessFor(demoPlans, {
      planId: "pro",
      subscription: { status: "trialing", trialEndsAt: "2026-12-05T00:00:00.000Z" },
    }),
  },
  play: async ({ canvasElement }) => {
    await expect(
      card(canvasElement, "Pro").getByText("Trial until December 5, 2026, then $29 a month"),
    ).toBeVisible();
  },
};

export const CancelScheduled: Story = {
  args: { access: accessFor(demoPlans, { planId: "pro", subscription: { cancelAt: december } }) },
  play: async ({ canvasElement }) => {
    await expect(card(canvasElement, "Pro").getByText("Ends on December 20, 2026")).toBeVisible();
    await expect(card(canvasElement, "Free").getByRole("button")).toHaveTextContent(
      "Starts December 20, 2026",
    );
  },
};

export const PendingChange: Story = {
  args: {
    access: accessFor(demoPlans, {
      planId: "team",
      subscription: {
        quantity: 8,
        pendingChange: { planId: "pro", interval: "month", quantity: 1, at: december },
      },
    }),
  },
  play: async ({ canvasElement }) => {
    await expect(card(canvasElement, "Team").getByText("Changes to Pro on December 20, 2026")).toBeVisible();
    await expect(card(canvasElement, "Pro").getByRole("button")).toHaveTextContent(
      "Starts December 20, 2026",
    );
  },
};

export const PaymentFailed: Story = {
  args: { access: accessFor(demoPlans, { planId: "pro", subscription: { status: "past_due" } }) },
  play: async ({ canvasElement }) => {
    await expect(card(canvasElement, "Pro").getByText(/The last payment failed/)).toBeVisible();
  },
};

/** Seats have a minimum, a maximum and a total. */
export const PerSeat: Story = {
  play: async ({ canvasElement }) => {
    const team = card(canvasElement, "Team");
    const seats = team.getByRole("spinbutton", { name: "Seats" });
    await expect(seats).toHaveValue(3);
    await expect(team.getByRole("button", { name: "One seat fewer" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await userEvent.click(team.getByRole("button", { name: "One seat more" }));
    await expect(team.getByText("$76 a month in total")).toBeVisible();
    await userEvent.clear(seats);
    await userEvent.type(seats, "99");
    await expect(team.getByText("Choose a whole number from 3 to 50")).toBeVisible();
    await userEvent.click(team.getByRole("button", { name: "Upgrade Team" }));
    await expect(seats).toHaveValue(99);
    await expect(seats).toBeInvalid();
    await expect(seats).toHaveFocus();
  },
};

const onOldPrice = accessFor(demoPlans, { planId: "pro" });
const grandfathered = onOldPrice.subscriptions.map((one) => ({ ...one, unitAmount: 1900 }));

/** Whoever has an old price sees that one, even beside what the other interval would cost. */
export const OldPrice: Story = {
  args: { access: { ...onOldPrice, subscriptions: grandfathered, subscription: grandfathered[0] ?? null } },
  play: async ({ canvasElement }) => {
    const pro = card(canvasElement, "Pro");
    await expect(pro.getByText("$19")).toBeVisible();
    await userEvent.click(within(canvasElement).getByRole("radio", { name: /Yearly/ }));
    // The amounts fade in.
    await waitFor(() => expect(pro.getByText("$290")).toBeVisible());
    await expect(pro.getByText("You pay $19 a month now")).toBeVisible();
  },
};

/** Whoever is billed in euros is not asked for a currency. */
export const BilledInEuros: Story = {
  args: { access: accessFor(demoPlans, { planId: "pro", subscription: { currency: "eur" } }) },
  play: async ({ canvasElement }) => {
    await expect(card(canvasElement, "Pro").getByText("€27")).toBeVisible();
    await expect(within(canvasElement).queryByRole("combobox")).toBeNull();
  },
};

/** One plan has no yearly price, and says so. */
export const MonthlyOnly: Story = {
  args: {
    plans: mixedPlans,
    fetch: createTestFetch({ plans: mixedPlans }),
    access: accessFor(mixedPlans),
    defaultInterval: "year",
  },
  play: async ({ canvasElement }) => {
    await expect(card(canvasElement, "Starter").getByText("Billed monthly only")).toBeVisible();
  },
};

/** Only managers may spend: the others see why not. */
export const MemberWithoutRights: Story = {
  args: { access: accessFor(demoPlans, { canManage: false }) },
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).getByText(/Only someone who manages billing/)).toBeVisible();
    await expect(card(canvasElement, "Pro").getByRole("button")).toHaveAttribute("aria-disabled", "true");
  },
};
