import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, fn, userEvent, waitFor, within } from "storybook/test";
import { answerBank, fillCard, findButton, payWith } from "./fill-card.js";
import { PaymentScene } from "./payment-scene.js";

/** The payment form against a sandbox of Stripe that lives in the page. */
const meta = {
  title: "PaymentForm",
  component: PaymentScene,
  args: { onPaid: fn() },
  parameters: { layout: "fullscreen" },
} satisfies Meta<typeof PaymentScene>;
export default meta;
type Story = StoryObj<typeof meta>;

export const Ready: Story = {
  play: async ({ canvasElement }) => {
    await expect(await findButton(canvasElement, "Pay $29")).toBeEnabled();
    await expect(
      within(canvasElement).getByText(/You'll be charged \$29 on December 21, 2026/),
    ).toBeVisible();
  },
};

export const Loading: Story = {
  args: { loading: "never" },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByText("Order summary")).toBeVisible();
    await expect(canvas.getByRole("status")).toHaveTextContent("Loading the payment form");
  },
};

/** Stripe.js was blocked: one way to try again, and it works. */
export const LoadFailed: Story = {
  args: { loading: "fails_once" },
  play: async ({ canvasElement }) => {
    const alert = await within(canvasElement).findByRole("alert");
    await expect(alert).toHaveTextContent("The payment form didn't load.");
  },
};

export const LoadRetried: Story = {
  args: { loading: "fails_once" },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByRole("alert");
    await userEvent.click(canvas.getByRole("button", { name: "Try again" }));
    await expect(await findButton(canvasElement, "Pay $29")).toBeVisible();
  },
};

/** Pressed with empty fields: the fields say what is missing, the form says that something is. */
export const Invalid: Story = {
  play: async ({ canvasElement }) => {
    await userEvent.click(await findButton(canvasElement, "Pay $29"));
    await expect(await within(canvasElement).findByRole("alert")).toHaveTextContent("missing or wrong");
  },
};

/** One press, one payment: the button keeps its width and ignores a second press. */
export const Submitting: Story = {
  args: { confirming: "never" },
  play: async ({ canvasElement }) => {
    const button = await findButton(canvasElement, "Pay $29");
    const { width } = button.getBoundingClientRect();
    await fillCard(canvasElement, "Succeeds");
    await userEvent.dblClick(button);
    await waitFor(() => expect(button).toHaveAttribute("aria-busy", "true"));
    await expect(button).toHaveTextContent("Paying…");
    await expect(button.getBoundingClientRect().width).toBe(width);
    await expect(
      await within(canvasElement).findByText(/Your bank may ask/, {}, { timeout: 4000 }),
    ).toBeVisible();
  },
};

/** The bank asks in its own window, and the payment goes through. */
export const ThreeDSecure: Story = {
  play: async ({ canvasElement, args }) => {
    await payWith(canvasElement, "3-D Secure");
    await answerBank("Complete authentication");
    await within(canvasElement).findByText("Payment received");
    await expect(args.onPaid).toHaveBeenCalledTimes(1);
  },
};

export const ThreeDSecureFailed: Story = {
  play: async ({ canvasElement }) => {
    await payWith(canvasElement, "3-D Secure");
    await answerBank("Fail authentication");
    await expect(await within(canvasElement).findByRole("alert")).toHaveTextContent(
      "Your bank couldn't confirm that it was you.",
    );
  },
};

export const Paid: Story = {
  play: async ({ canvasElement, args }) => {
    await payWith(canvasElement, "Succeeds");
    const ended = await within(canvasElement).findByText("Payment received");
    await waitFor(() => expect(ended.closest('[role="status"]')).toHaveFocus());
    await expect(args.onPaid).toHaveBeenCalledTimes(1);
  },
};

/** A bank debit: accepted, and the money is on its way for a few days. */
export const Processing: Story = {
  args: { confirming: "processing" },
  play: async ({ canvasElement, args }) => {
    await payWith(canvasElement, "Succeeds");
    await expect(await within(canvasElement).findByText("Payment on its way")).toBeVisible();
    await expect(args.onPaid).not.toHaveBeenCalled();
  },
};

export const Declined: Story = {
  play: async ({ canvasElement, args }) => {
    await payWith(canvasElement, "Declined");
    await expect(await within(canvasElement).findByRole("alert")).toHaveTextContent(
      "Your bank declined the payment without saying why.",
    );
    await expect(args.onPaid).not.toHaveBeenCalled();
  },
};

export const InsufficientFunds: Story = {
  play: async ({ canvasElement }) => {
    await payWith(canvasElement, "Insufficient funds");
    await expect(await within(canvasElement).findByRole("alert")).toHaveTextContent(
      "There isn't enough money on this card. Nothing was charged.",
    );
  },
};

/** Declined, then paid with another card. */
export const SecondCard: Story = {
  play: async ({ canvasElement, args }) => {
    await payWith(canvasElement, "Declined");
    await within(canvasElement).findByRole("alert");
    await payWith(canvasElement, "Succeeds");
    await within(canvasElement).findByText("Payment received");
    await expect(args.onPaid).toHaveBeenCalledTimes(1);
  },
};

/** Nothing is due now: the card is saved, and the words say when money moves. */
export const Trial: Story = {
  args: {
    intent: "setup",
    summary: {
      lines: [{ label: "Pro", detail: "14 days free, then monthly", amount: 0 }],
      currency: "usd",
      dueNow: 0,
      dueLater: { amount: 2900, on: "2026-12-05T00:00:00.000Z", every: "month" },
    },
  },
  play: async ({ canvasElement, args }) => {
    await payWith(canvasElement, "Succeeds", "Start trial");
    await within(canvasElement).findByText("Card saved");
    await expect(args.onPaid).toHaveBeenCalledTimes(1);
  },
};

export const SaveCard: Story = {
  args: {
    intent: "setup",
    summary: { lines: [{ label: "New card for your subscription", amount: 0 }], currency: "usd", dueNow: 0 },
  },
  play: async ({ canvasElement }) => {
    await expect(await findButton(canvasElement, "Save card")).toBeVisible();
  },
};

export const Dark: Story = {
  args: { theme: "dark" },
  play: async ({ canvasElement }) => {
    await expect(await findButton(canvasElement, "Pay $29")).toBeVisible();
  },
};

export const Drawer: Story = { args: { width: 320 }, play: Dark.play ?? (async () => undefined) };
