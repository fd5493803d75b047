import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, userEvent, within } from "storybook/test";
import { StoryBilling } from "../stories/story-billing.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";
import { BillingPortalButton } from "./billing-portal-button.js";

const meta = { title: "BillingPortalButton", component: BillingPortalButton } satisfies Meta<
  typeof BillingPortalButton
>;
export default meta;

type Story = StoryObj<typeof meta>;
type Billing = Omit<Parameters<typeof StoryBilling>[0], "children">;

const subscriber = accessFor(storyPlans, { planId: "pro" });

function withBilling(billing: Billing): Pick<Story, "render"> {
  return {
    render: (args) => (
      <StoryBilling {...billing}>
        <BillingPortalButton {...args} />
      </StoryBilling>
    ),
  };
}

export const Idle: Story = {
  ...withBilling({ initialAccess: subscriber, access: subscriber }),
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole("button", { name: "Manage billing" }));
    await within(canvasElement).findByText("went to https://portal.test/session_1");
  },
};

/** Leads straight to one thing. */
export const UpdateCard: Story = {
  args: { flow: "update_payment_method", variant: "primary", children: "Update card" },
  ...withBilling({ initialAccess: subscriber }),
};

/** Keeps its width, and ignores a second press. */
export const Opening: Story = {
  ...withBilling({ initialAccess: subscriber, delay: { portal: "never" } }),
  play: async ({ canvasElement }) => {
    const button = within(canvasElement).getByRole("button");
    const { width } = button.getBoundingClientRect();
    await userEvent.click(button);
    await expect(button).toHaveAccessibleName("Opening…");
    await expect(button.getBoundingClientRect().width).toBe(width);
  },
};

export const Failed: Story = {
  ...withBilling({ initialAccess: subscriber, failing: { portal: "provider_unavailable" } }),
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole("button"));
    await expect(
      await within(canvasElement).findByRole("button", { name: "Try again" }),
    ).toHaveAccessibleDescription(/couldn't be opened/);
  },
};

/** Nothing was ever bought. */
export const NotACustomerYet: Story = { ...withBilling({ initialAccess: accessFor(storyPlans) }) };

export const Member: Story = {
  ...withBilling({ initialAccess: accessFor(storyPlans, { planId: "pro", canManage: false }) }),
};

export const SignedOut: Story = { ...withBilling({ customerId: null }) };

export const Loading: Story = { ...withBilling({ delay: "never" }) };
