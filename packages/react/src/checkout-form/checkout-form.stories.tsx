import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, fn, waitFor, within } from "storybook/test";
import { findButton, payWith } from "../payment-form/fill-card.js";
import { CheckoutScene } from "./checkout-scene.js";

/** The payment form that opens its own checkout, against a sandbox of Stripe that lives in the page. */
const meta = {
  title: "CheckoutForm",
  component: CheckoutScene,
  args: { onPaid: fn() },
  parameters: { layout: "fullscreen" },
} satisfies Meta<typeof CheckoutScene>;
export default meta;
type Story = StoryObj<typeof meta>;

export const Plan: Story = {
  play: async ({ canvasElement }) => {
    await findButton(canvasElement, "Pay $29");
  },
};

export const Discounted: Story = {
  args: { order: "discounted" },
  play: async ({ canvasElement }) => {
    await findButton(canvasElement, "Pay $14.50");
  },
};

export const Trial: Story = {
  args: { order: "trial" },
  play: async ({ canvasElement }) => {
    await findButton(canvasElement, "Start trial");
  },
};

export const Refused: Story = {
  args: { order: "refused" },
  play: async ({ canvasElement }) => {
    const alert = await within(canvasElement).findByRole("alert");
    await expect(alert).toHaveTextContent("This promotion code can't be used here.");
  },
};

export const Paid: Story = {
  play: async ({ canvasElement, args }) => {
    await payWith(canvasElement, "Succeeds");
    await waitFor(() => expect(args.onPaid).toHaveBeenCalledOnce());
  },
};
