import type { Meta, StoryObj } from "@storybook/react-vite";
import { decideOutage } from "@tollgate/core";
import { expect, userEvent, waitFor, within } from "storybook/test";
import { accessFor, createTestFetch } from "../testing/index.js";
import { demoPlans } from "./demo-plans.js";
import { PricingScene } from "./pricing-scene.js";

const outage = decideOutage({
  catalog: demoPlans,
  policies: { default: "closed", features: {} },
  customer: { id: "org_1", canManage: true },
  lastKnown: null,
  now: new Date("2026-11-21T12:00:00.000Z"),
});

/** The pricing table while it waits, and where something fails or is missing. */
const meta = {
  title: "PricingTable/Troubles",
  component: PricingScene,
  args: { plans: demoPlans, access: accessFor(demoPlans), fetch: createTestFetch({ plans: demoPlans }) },
  parameters: { layout: "fullscreen" },
} satisfies Meta<typeof PricingScene>;
export default meta;
type Story = StoryObj<typeof meta>;

const card = (canvasElement: HTMLElement, name: string) =>
  within(within(canvasElement).getByRole("article", { name }));

const loadingFetch = createTestFetch({ plans: demoPlans, delay: "never" });

/** The page has neither catalog nor access: the table asks the server for both. */
const nothingInHand: object = { plans: undefined, access: undefined };

export const Loading: Story = {
  args: { ...nothingInHand, fetch: loadingFetch, expects: demoPlans },
  play: async ({ canvasElement }) => {
    const table = canvasElement.querySelector('[data-tollgate="pricing-table"]');
    await expect(table).toHaveAttribute("data-state", "loading");
    await expect(within(canvasElement).getByRole("status")).toHaveTextContent("Loading plans");
  },
};

/** Nobody said what to expect: three plans with five features. */
export const LoadingByDefault: Story = { args: { ...nothingInHand, fetch: loadingFetch } };
export const LoadingMatrix: Story = { args: { ...Loading.args, layout: "matrix" } };

/** Prices are known, but not who is asking: the buttons are laid out and blank, and nothing moves later. */
export const AccessLoading: Story = {
  args: { ...nothingInHand, plans: demoPlans, fetch: loadingFetch },
  play: async ({ canvasElement }) => {
    await expect(card(canvasElement, "Pro").queryByRole("button")).toBeNull();
    await expect(card(canvasElement, "Pro").getByText("$29")).toBeVisible();
  },
};

const brokenFetch = createTestFetch({ plans: demoPlans, failing: { plans: "network" } });

export const LoadFailed: Story = {
  args: { ...nothingInHand, fetch: brokenFetch },
  play: async ({ canvasElement }) => {
    brokenFetch.set({ failing: { plans: "network" } });
    const canvas = within(canvasElement);
    await expect(await canvas.findByRole("alert")).toHaveTextContent("The plans didn't load.");
    await expect(await canvas.findByRole("button", { name: "Try again" })).toBeVisible();
  },
};

const mendedFetch = createTestFetch({ plans: demoPlans, failing: { plans: "network" } });

export const RetrySucceeds: Story = {
  args: { ...nothingInHand, fetch: mendedFetch },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByRole("alert");
    mendedFetch.set({ failing: {} });
    await userEvent.click(await canvas.findByRole("button", { name: "Try again" }));
    await expect(await canvas.findByRole("article", { name: "Pro" })).toBeVisible();
    await expect(canvas.queryByRole("alert")).toBeNull();
  },
};

const slowCheckout = createTestFetch({ plans: demoPlans, delay: { checkout: "never" } });

/** The pressed button says so and keeps its width; the others wait. */
export const Opening: Story = {
  args: { fetch: slowCheckout },
  play: async ({ canvasElement }) => {
    const button = card(canvasElement, "Pro").getByRole("button");
    const { width } = button.getBoundingClientRect();
    await userEvent.click(button);
    await waitFor(() => expect(button).toHaveAttribute("aria-busy", "true"));
    await expect(button.getBoundingClientRect().width).toBe(width);
    await expect(card(canvasElement, "Team").getByRole("button", { name: /Upgrade/ })).not.toHaveAttribute(
      "aria-busy",
    );
  },
};

/** What went wrong is next to the button that was pressed. */
export const CheckoutFailed: Story = {
  args: { fetch: createTestFetch({ plans: demoPlans, failing: { checkout: "provider_unavailable" } }) },
  play: async ({ canvasElement }) => {
    const pro = card(canvasElement, "Pro");
    await userEvent.click(pro.getByRole("button"));
    await expect(await pro.findByRole("alert")).toHaveTextContent("Nothing was charged");
  },
};

export const Empty: Story = {
  args: { group: "addons" },
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).getByText(/Plans will appear here/)).toBeVisible();
  },
};

/** The server can't see what the person has: nothing is sold to them until it can, and they may try again. */
export const StoreOutOfReach: Story = {
  args: { access: outage },
  play: async ({ canvasElement }) => {
    await expect(card(canvasElement, "Pro").queryByRole("button")).toBeNull();
    const alert = within(canvasElement).getByRole("alert");
    await expect(alert).toHaveTextContent("Your plan can't be looked up right now.");
    await expect(within(alert).getByRole("button", { name: "Try again" })).toBeVisible();
  },
};
