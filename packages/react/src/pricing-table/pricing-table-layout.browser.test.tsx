import { cleanup, render, screen, within } from "@testing-library/react";
import { type Catalog, definePlans } from "@tollgate/core";
import { afterEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../styles.css";
import { BillingProvider } from "../kit/billing-provider.js";
import { accessFor, createTestFetch } from "../testing/index.js";
import { demoPlans, modelPlans } from "./demo-plans.js";
import { german, germanPlans } from "./demo-translations.js";
import { PricingTable, type PricingTableProps } from "./pricing-table.js";

afterEach(() => {
  cleanup();
  document.documentElement.style.fontSize = "";
});

interface Scene extends PricingTableProps {
  readonly plans?: Catalog;
  readonly canManage?: boolean;
  readonly locale?: string;
  readonly width?: number;
  /** Of the window; the table's own is `width`. @default 900 */
  readonly height?: number;
}

async function setUp(scene: Scene = {}) {
  const { plans = demoPlans, canManage = true, locale = "en", width = 1232, height = 900, ...table } = scene;
  await page.viewport(Math.max(width, 320), height);
  document.body.style.margin = "0";
  render(
    <div style={{ inlineSize: width, fontFamily: "sans-serif" }} lang={locale}>
      <BillingProvider
        plans={plans}
        initialAccess={accessFor(plans, { canManage })}
        fetch={createTestFetch({ plans })}
        locale={locale}
      >
        <PricingTable {...table} />
      </BillingProvider>
    </div>,
  );
}

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const part = (name: string) => all(`[data-tollgate-part="${name}"]`);
const isShown = (element: HTMLElement) => element.getClientRects().length > 0;
const box = (element: Element | null | undefined) => {
  if (!element) throw new Error("nothing there");
  return element.getBoundingClientRect();
};

/** As many plans as asked for, all alike. */
function plansOf(count: number) {
  const plan = (name: string) => ({
    name,
    prices: { month: { usd: 900 }, year: { usd: 9000 } },
    includes: { export: true },
  });
  const plans = Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, plan(`Plan ${at}`)]));
  return definePlans({ features: demoPlans.features, plans });
}

it.each(["cards", "matrix"] as const)(
  "what is said above the %s keeps its distance from them",
  async (layout) => {
    await setUp({ layout, canManage: false });
    const notice = box(document.querySelector("[data-tollgate-notice]"));
    const plans = box(document.querySelector(`[data-tollgate-part="${layout}"]`));
    expect(notice.top - box(part("bar")[0]).bottom).toBe(24);
    expect(plans.top - notice.bottom).toBe(20);
  },
);

describe("cards", () => {
  it("leave no gap between price, button and features, with or without seats and a trial beside them", async () => {
    await setUp();
    for (const card of part("card")) {
      const within = (name: string) => box(card.querySelector(`[data-tollgate-part="${name}"]`));
      const button = box(card.querySelector("[data-tollgate-button]"));
      expect(button.top - within("terms").bottom, card.dataset.plan).toBeLessThanOrEqual(44);
      expect(within("gains").top - button.bottom, card.dataset.plan).toBe(24);
    }
  });

  it.each([
    [5, 1232],
    [5, 1500],
    [5, 800],
    [6, 1232],
    [7, 1232],
    [9, 1232],
  ])("leave none of %i alone in its row at %i px", async (count, width) => {
    await setUp({ plans: plansOf(count), width });
    const rows = new Map<number, HTMLElement[]>();
    for (const card of part("card")) {
      const top = Math.round(box(card).top);
      rows.set(top, [...(rows.get(top) ?? []), card]);
    }
    const sizes = [...rows.values()].map((row) => row.length);
    expect(Math.max(...sizes) - Math.min(...sizes), `rows of ${sizes}`).toBeLessThanOrEqual(1);
    expect(Math.min(...sizes)).toBeGreaterThan(1);
    for (const row of rows.values()) expect(Math.round(box(row.at(-1)).right)).toBe(width);
  });

  it("move nothing when the interval is switched, even with long words", async () => {
    await setUp({ plans: germanPlans, locale: "de", messages: german });
    const tops = () =>
      [...all("[data-tollgate-button]"), ...all("li")].map((one) => Math.round(box(one).top));
    const before = tops();
    await userEvent.click(screen.getByRole("radio", { name: /Jährlich/ }));
    expect(tops()).toEqual(before);
  });

  it.each([
    ["idr", "en"],
    ["idr", "id"],
    ["xof", "fr"],
    ["irr", "fa"],
    ["irr", "de"],
  ])(
    "hold amounts in %s, written in %s, at every width and at double text size",
    async (currency, locale) => {
      const price = (amount: number) => ({
        month: { [currency]: amount },
        year: { [currency]: amount * 10 },
      });
      const plans = definePlans({
        features: {},
        plans: {
          a: { name: "A", prices: price(4_500_000), includes: {} },
          b: { name: "B", prices: price(12_345_678_900), includes: {} },
          c: { name: "C", prices: { month: { perSeat: { [currency]: 9_999_999 } } }, includes: {} },
          d: { name: "D", contactUrl: "https://example.com", includes: {} },
        },
      });
      for (const width of [320, 720, 1100]) {
        for (const size of ["", "200%"]) {
          await setUp({ plans, locale, width, defaultInterval: "year" });
          document.documentElement.style.fontSize = size;
          for (const card of part("card"))
            expect(card.scrollWidth, `${width} px ${size}`).toBeLessThanOrEqual(card.clientWidth);
          const sizes = new Set(part("amount").map((one) => getComputedStyle(one).fontSize));
          expect(sizes.size).toBe(1);
          cleanup();
        }
      }
    },
  );

  it("hold their stepper and their ticks at double text size", async () => {
    document.documentElement.style.fontSize = "200%";
    await setUp({ width: 600 });
    const [stepper] = part("stepper");
    const input = stepper?.querySelector("input");
    expect(input?.scrollHeight).toBeLessThanOrEqual(input?.clientHeight ?? 0);
    expect(box(stepper).right).toBeLessThanOrEqual(
      box(stepper?.closest('[data-tollgate-part="card"]')).right,
    );
    const item = document.querySelector("li");
    const tick = box(item?.querySelector("svg"));
    const text = item?.querySelector("span");
    expect(tick.height).toBeGreaterThan(28);
    const line = box(text);
    expect(Math.abs(tick.top + tick.height / 2 - (line.top + line.height / 2))).toBeLessThan(6);
  });

  it("keep amounts apart from the text around them", async () => {
    await setUp({ locale: "ar", dir: "rtl" });
    expect(part("amount").every((one) => one.tagName === "BDI")).toBe(true);
    expect(document.body.textContent).toContain("\u2068US$\u2069");
  });
});

describe("the comparison", () => {
  const shownPlans = () =>
    part("column-name")
      .filter(isShown)
      .map((one) => one.textContent);
  const picker = () => screen.queryByRole("combobox", { name: "Plan to show" });

  it("lines up names and amounts, badge or not", async () => {
    await setUp({ layout: "matrix" });
    expect(shownPlans()).toEqual(["Free", "Pro", "Team", "Enterprise"]);
    expect(picker()).toBeNull();
    for (const name of ["column-name", "amount"]) {
      expect(new Set(part(name).map((one) => Math.round(box(one).top))).size, name).toBe(1);
    }
  });

  it("shows one plan at a time on a phone, the recommended one first, and the one that is picked", async () => {
    await setUp({ layout: "matrix", width: 375 });
    expect(shownPlans()).toEqual(["Pro"]);
    expect(screen.getAllByRole("columnheader")).toHaveLength(1);
    await userEvent.selectOptions(picker() as HTMLElement, "Team");
    expect(shownPlans()).toEqual(["Team"]);
    const row = within(screen.getByRole("row", { name: /SAML/ }));
    expect(row.getAllByRole("cell")).toHaveLength(1);
    expect(screen.getByRole("spinbutton")).toBeTruthy();
  });

  it("leaves no empty column beside name, price and button on a phone", async () => {
    await setUp({ layout: "matrix", width: 375 });
    const { left, right } = box(part("matrix")[0]);
    const cells = all("thead [data-picked='true'], [data-tollgate-part='choices'] [data-picked='true']");
    const shown = cells.filter(isShown);
    expect(shown).toHaveLength(3);
    for (const cell of shown) {
      expect(box(cell).left - left, cell.outerHTML).toBeLessThan(2);
      expect(right - box(cell).right, cell.outerHTML).toBeLessThan(2);
    }
  });

  it("keeps the name in sight while scrolling on a phone", async () => {
    await setUp({ layout: "matrix", width: 375, height: 560 });
    window.scrollTo(0, box(part("group")[1]).top);
    expect(box(screen.getByRole("columnheader")).top).toBe(0);
    window.scrollTo(0, 0);
  });

  it.each([
    ["on a phone", 375, 700, ""],
    ["at a zoom of 400 %", 320, 256, ""],
    ["at double text size", 720, 900, "200%"],
  ])("scrolls with the page and not within itself %s", async (_, width, height, size) => {
    document.documentElement.style.fontSize = size;
    await setUp({ layout: "matrix", width, height });
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    for (const one of [
      ...part("matrix"),
      ...part("matrix").flatMap((matrix) => [...matrix.querySelectorAll("*")]),
    ]) {
      expect(getComputedStyle(one).overflowY, one.outerHTML.slice(0, 80)).not.toMatch(/auto|scroll/);
    }
  });

  it("keeps its head stuck only where enough is left to read below it", async () => {
    await setUp({ layout: "matrix", width: 320, height: 256 });
    const head = screen.getByRole("columnheader");
    expect(getComputedStyle(head).position).toBe("static");
    await page.viewport(375, 700);
    expect(getComputedStyle(head).position).toBe("sticky");
  });

  it("has the names in one line, also where an amount is only the least of several", async () => {
    await setUp({ layout: "matrix", plans: modelPlans });
    await screen.findByRole("columnheader", { name: "Base" });
    const tops = (name: string) => new Set(part(name).map((one) => one.getBoundingClientRect().top));
    expect(tops("column-name").size).toBe(1);
    expect(tops("amount").size).toBe(1);
  });
});
