import type { Meta, StoryObj } from "@storybook/react-vite";
import { describeForSale } from "@tollgate/core";
import { expect, userEvent, waitFor, within } from "storybook/test";
import { accessFor, createTestFetch } from "../testing/index.js";
import {
  demoPlans,
  fivePlans,
  manyIntervalPlans,
  modelPlans,
  rupiahPlans,
  smallPlans,
} from "./demo-plans.js";
import { arabic, arabicPlans, german, germanPlans, japanese, japanesePlans } from "./demo-translations.js";
import { PricingScene } from "./pricing-scene.js";

const december = "2026-12-20T00:00:00.000Z";

/** The pricing table's layouts, themes, widths and languages. */
const meta = {
  title: "PricingTable/Looks",
  component: PricingScene,
  args: {
    plans: demoPlans,
    access: accessFor(demoPlans),
    fetch: createTestFetch({ plans: demoPlans }),
  },
  parameters: { layout: "fullscreen" },
} satisfies Meta<typeof PricingScene>;
export default meta;
type Story = StoryObj<typeof meta>;

/** Feature by feature, with the plans stuck to the top. */
export const Matrix: Story = {
  args: { layout: "matrix" },
  play: async ({ canvasElement }) => {
    const table = within(within(canvasElement).getByRole("table", { name: "Compare plans" }));
    await expect(table.getByRole("columnheader", { name: "Pro" })).toBeVisible();
    await expect(table.getByRole("row", { name: /CSV export Not included Included/ })).toBeVisible();
  },
};

/** On a phone, one plan at a time: the page scrolls, and nothing within it. */
export const PhoneMatrix: Story = {
  args: { layout: "matrix", width: 375 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.selectOptions(canvas.getByRole("combobox", { name: "Plan to show" }), "Team");
    await expect(canvas.getAllByRole("columnheader")).toHaveLength(1);
    await expect(canvas.getByRole("columnheader", { name: "Team" })).toBeVisible();
  },
};

/** Rows of three and two, and none alone. */
export const FivePlans: Story = {
  args: { plans: fivePlans, fetch: createTestFetch({ plans: fivePlans }), access: accessFor(fivePlans) },
};

/** Sold by two weeks, month, quarter, half a year and year, each plan in its own way. */
export const ManyIntervals: Story = {
  args: {
    plans: manyIntervalPlans,
    fetch: createTestFetch({ plans: manyIntervalPlans }),
    access: accessFor(manyIntervalPlans),
  },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const names = canvas
      .getAllByRole("radio")
      .map((radio) => radio.closest("label")?.firstElementChild?.nextSibling);
    await expect(names.map((name) => name?.textContent)).toEqual([
      "Every 2 weeks",
      "Monthly",
      "Quarterly",
      "Every 6 months",
      "Yearly",
    ]);
    await userEvent.click(canvas.getByRole("radio", { name: "Quarterly" }));
    const sees = (text: string) => waitFor(() => expect(canvas.getByText(text)).toBeVisible());
    await sees("$27 a month, billed quarterly");
    await sees("$162 every 3 months in total");
    await sees("Billed every 2 weeks only");
    await userEvent.click(canvas.getByRole("radio", { name: "Every 6 months" }));
    await sees("$26 a month, billed every 6 months");
  },
};
/** Priced by the number that is bought, each plan in its own way: the total says what it comes to. */
export const PriceModels: Story = {
  args: {
    plans: modelPlans,
    fetch: createTestFetch({ plans: modelPlans }),
    access: accessFor(modelPlans),
    initialPlans: describeForSale(modelPlans),
  },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(canvas.getByText("5 seats included, then $9 per seat")).toBeVisible();
    await expect(canvas.getByText("per 10 seats / month")).toBeVisible();
    await expect(canvas.getByText("1,000, then $0.02 each")).toBeVisible();
    for (const [name, first, count, total] of [
      ["Threes", "$57 a month in total", "6", "$114 a month in total"],
      ["Base", "$49 a month in total", "7", "$67 a month in total"],
      ["Volume", "$9 a month in total", "11", "$77 a month in total"],
      ["Packs", "$100 a month in total", "11", "$200 a month in total"],
    ] as const) {
      const card = within(canvas.getByRole("article", { name }));
      await expect(card.getByText(first)).toBeVisible();
      const seats = card.getByRole("spinbutton", { name: "Seats" });
      await userEvent.clear(seats);
      await userEvent.type(seats, count);
      await expect(card.getByText(total)).toBeVisible();
    }
  },
};

/** The same on a phone. */
export const ManyIntervalsPhone: Story = { args: { ...ManyIntervals.args, width: 375 } };

/** Where amounts are long, all of them get a smaller size. */
export const Rupiah: Story = {
  args: {
    plans: rupiahPlans,
    fetch: createTestFetch({ plans: rupiahPlans }),
    access: accessFor(rupiahPlans),
  },
};

export const Dark: Story = { args: { theme: "dark" } };
export const DarkMatrix: Story = { args: { theme: "dark", layout: "matrix" } };

/** In a 320 px drawer. */
export const Drawer: Story = { args: { width: 320 } };
export const DrawerMatrix: Story = { args: { width: 320, layout: "matrix" } };
export const Tablet: Story = { args: { width: 768 } };
export const ThreePlans: Story = {
  args: {
    plans: smallPlans,
    fetch: createTestFetch({ plans: smallPlans }),
    access: accessFor(smallPlans),
    width: 768,
  },
};

/** Long words, and the currency after the amount. */
export const German: Story = {
  args: {
    plans: germanPlans,
    access: accessFor(germanPlans, {
      planId: "pro",
      subscription: { cancelAt: december, currency: "eur", interval: "year" },
    }),
    locale: "de",
    messages: german,
    defaultInterval: "year",
    defaultCurrency: "eur",
  },
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).getByText(/^270\s€$/)).toBeVisible();
  },
};
/** Other intervals in another language. */
export const GermanIntervals: Story = {
  args: { ...German.args, ...ManyIntervals.args },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole("radio", { name: "Vierteljährlich" }));
    await waitFor(() => expect(canvas.getByText("27 $ im Monat, vierteljährlich abgerechnet")).toBeVisible());
    await expect(canvas.getByText("/ 2 Wochen")).toBeVisible();
  },
};
export const GermanDrawer: Story = { args: { ...German.args, width: 320 } };

export const Japanese: Story = {
  args: {
    plans: japanesePlans,
    access: accessFor(japanesePlans),
    locale: "ja",
    messages: japanese,
    defaultCurrency: "jpy",
  },
};

/** Right to left. */
export const Arabic: Story = {
  args: { plans: arabicPlans, access: accessFor(arabicPlans), locale: "ar", messages: arabic, dir: "rtl" },
};
export const ArabicMatrix: Story = { args: { ...Arabic.args, layout: "matrix" } };
