import { cleanup } from "@testing-library/react";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { showGallery } from "./gallery.js";
import { hostStyles, kitStyles, loadStyles } from "./page-styles.js";

const classNames = { card: "rounded-none bg-black p-1", action: "rounded-full uppercase", name: "text-4xl" };
const utilities = Object.values(classNames).join(" ").split(" ");
const hosts = await hostStyles(utilities);
const orders = ["before", "after"] as const;

const load = (order: (typeof orders)[number], host: string) =>
  loadStyles(...(order === "before" ? [kitStyles, host] : [host, kitStyles]));

/** The computed style of the first of them. */
const styleOf = (selector: string) => {
  const element = document.querySelector(`[data-gallery] ${selector}`);
  if (element === null) throw new Error(`no ${selector}`);
  return getComputedStyle(element);
};
const card = '[data-tollgate-part="card"]';
const primary = 'button[data-tollgate-button="primary"]';

beforeAll(async () => {
  loadStyles(kitStyles);
  await showGallery({ classNames });
});
afterAll(cleanup);

describe.each(orders)("loaded %s the page's styles", (order) => {
  it.each(["Tailwind 4", "Tailwind 3", "Tailwind 4 with forms", "Tailwind 3 with forms"])(
    "gives way to utilities of %s in classNames",
    (name) => {
      load(order, hosts[name] as string);
      expect(styleOf(card).borderRadius).toBe("0px");
      expect(styleOf(card).padding).toBe("4px");
      expect(styleOf(card).backgroundColor).toBe("rgb(0, 0, 0)");
      expect(Number.parseFloat(styleOf(`${card} [data-tollgate-button]`).borderRadius)).toBeGreaterThan(100);
      expect(styleOf(`${card} [data-tollgate-button]`).textTransform).toBe("uppercase");
      expect(styleOf('[data-tollgate-part="name"]').fontSize).toBe("36px");
    },
  );

  it("gives way to a rule that names the kit's attribute or a class, over any reset", () => {
    const reset = "button { all: unset } * { border: 0; background: none }";
    load(
      order,
      `${reset} ${card} { border: 5px solid } [data-tollgate-button="primary"] { background: teal } .text-4xl { color: red }`,
    );
    expect(styleOf(card).borderTopWidth).toBe("5px");
    expect(styleOf(primary).backgroundColor).toBe("rgb(0, 128, 128)");
    expect(styleOf('[data-tollgate-part="name"]').color).toBe("rgb(255, 0, 0)");
  });

  it.each(["components", "utilities"])("gives way to a rule in the page's layer %s", (layer) => {
    const layers = "@layer theme, base, components, utilities;";
    load(
      order,
      `${layers} @layer base { ${card} { padding: 1px } } @layer ${layer} { ${card} { padding: 3px } }`,
    );
    expect(styleOf(card).padding).toBe("3px");
  });

  it("holds where the page puts `components` among layers of its own", () => {
    loadStyles(
      ...[
        "@layer low, components, high;",
        ...(order === "before" ? [kitStyles] : []),
        `@layer low { ${card} { padding: 1px; border: 9px solid } } @layer high { ${card} { padding: 3px } }`,
        ...(order === "after" ? [kitStyles] : []),
      ],
    );
    expect(styleOf(card).padding).toBe("3px");
    expect(styleOf(card).borderTopWidth).toBe("1px");
  });

  it.each([
    ["outside a layer", ":root { --tollgate-radius-card: 3px }"],
    ["in Tailwind's base", "@layer base { :root { --tollgate-radius-card: 3px } }"],
    ["in Tailwind's theme", "@layer theme { :root { --tollgate-radius-card: 3px } }"],
    ["on a wrapper", "main { --tollgate-radius-card: 3px }"],
  ])("accepts tokens that are set %s", (_, host) => {
    load(order, `${hosts["Tailwind 4"]} ${host}`);
    expect(styleOf('[data-tollgate-part="panel"]').borderRadius).toBe("3px");
  });

  it("keeps its focus ring and its links where the page's states say otherwise", () => {
    load(
      order,
      "* { outline: none } :focus { outline: 0 } button:focus { outline: none; box-shadow: none } a:link { color: lime; text-decoration: underline }",
    );
    const button = document.querySelector<HTMLElement>(`[data-gallery] ${primary}`);
    button?.focus({ focusVisible: true } as FocusOptions);
    expect(styleOf(primary).outline).toMatch(/solid 2px/);
    const link = 'a[data-tollgate-button="primary"]:not([class])';
    expect(styleOf(link).color).not.toBe("rgb(0, 255, 0)");
    expect(styleOf(link).textDecorationLine).toBe("none");
  });

  it("leaves the page's own content alone, behind an open gate too", () => {
    const behind = (styles: readonly string[]) => {
      loadStyles(...styles);
      return [...document.querySelectorAll("[data-behind] *")].map((element) => {
        const style = getComputedStyle(element);
        return [
          style.margin,
          style.padding,
          style.listStyle,
          style.boxSizing,
          style.backgroundColor,
          style.border,
        ].join();
      });
    };
    for (const host of ["", hosts["Tailwind 4"] as string, hosts["Bootstrap 5"] as string]) {
      const alone = behind([host]);
      expect(behind(order === "before" ? [kitStyles, host] : [host, kitStyles])).toEqual(alone);
    }
  });
});
