import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, userEvent, within } from "storybook/test";
import { StoryBilling } from "../stories/story-billing.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";
import { BuyButton } from "./buy-button.js";

const meta = {
  title: "BuyButton",
  component: BuyButton,
  args: { productId: "handbook", once: true },
} satisfies Meta<typeof BuyButton>;
export default meta;

type Story = StoryObj<typeof meta>;
type Billing = Omit<Parameters<typeof StoryBilling>[0], "children">;

const customer = accessFor(storyPlans, { planId: "pro" });

function withBilling(billing: Billing): Pick<Story, "render"> {
  return {
    render: (args) => (
      <StoryBilling {...billing}>
        <BuyButton {...args} />
      </StoryBilling>
    ),
  };
}

export const Idle: Story = {
  ...withBilling({ initialAccess: customer, access: customer }),
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole("button", { name: "Buy the handbook for $49" }));
    await within(canvasElement).findByText(/^went to https:\/\/checkout.test/);
  },
};

/** What gets used up is bought again and again, several at once. */
export const Several: Story = {
  args: { productId: "credits", quantity: 25, once: false },
  ...withBilling({ initialAccess: accessFor(storyPlans, { owned: { credits: 50 } }) }),
};

/** Whoever subscribes pays in the subscription's currency. */
export const InTheSubscriptionsCurrency: Story = {
  args: { productId: "credits", once: false },
  ...withBilling({
    initialAccess: accessFor(storyPlans, { planId: "pro", subscription: { currency: "eur" } }),
  }),
};

export const Owned: Story = {
  ...withBilling({ initialAccess: accessFor(storyPlans, { owned: { handbook: 1 } }) }),
  play: async ({ canvasElement }) => {
    const button = within(canvasElement).getByRole("button", { name: "You own the handbook" });
    await expect(button).toHaveAttribute("aria-disabled", "true");
  },
};

/** Keeps its width, and ignores a second press. */
export const Opening: Story = {
  ...withBilling({ initialAccess: customer, delay: { checkout: "never" } }),
  play: async ({ canvasElement }) => {
    const button = within(canvasElement).getByRole("button");
    const { width } = button.getBoundingClientRect();
    await userEvent.click(button);
    await expect(button).toHaveAccessibleName("Opening…");
    await expect(button.getBoundingClientRect().width).toBe(width);
  },
};

export const Failed: Story = {
  ...withBilling({ initialAccess: customer, failing: { checkout: "provider_unavailable" } }),
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole("button"));
    await expect(
      await within(canvasElement).findByRole("button", { name: "Try again" }),
    ).toHaveAccessibleDescription(/couldn't be opened/);
  },
};

/** The handbook is sold in dollars only. */
export const NotForSale: Story = {
  args: { currency: "eur" },
  ...withBilling({ initialAccess: customer }),
};

export const Member: Story = {
  ...withBilling({ initialAccess: accessFor(storyPlans, { planId: "pro", canManage: false }) }),
};

export const SignedOut: Story = { ...withBilling({ customerId: null }) };

export const Loading: Story = { ...withBilling({ delay: "never" }) };
