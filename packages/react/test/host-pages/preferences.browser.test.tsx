/// <reference types="@vitest/browser-playwright" />
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { cdp } from "vitest/browser";
import { showGallery } from "./gallery.js";
import { kitStyles, loadMovingStyles, loadStyles } from "./page-styles.js";

const prefer = (name: string, value: string) =>
  cdp().send("Emulation.setEmulatedMedia", { features: [{ name, value }] });

beforeAll(async () => {
  loadMovingStyles(kitStyles);
  await showGallery();
});
afterEach(() => cdp().send("Emulation.setEmulatedMedia", { features: [] }));
afterAll(cleanup);

/** What moves when it appears or changes: longer than a blink, and with something to move. */
function moving(): readonly string[] {
  const parts = document.querySelectorAll("[data-tollgate], [data-tollgate] *, [data-tollgate-button]");
  return [...parts].flatMap((element) =>
    [null, "::before"].flatMap((pseudo) => {
      const style = getComputedStyle(element, pseudo);
      const lasts = (durations: string) =>
        durations.split(", ").some((one) => Number.parseFloat(one) > 0.001);
      const isAnimated = style.animationName !== "none" && lasts(style.animationDuration);
      return isAnimated || lasts(style.transitionDuration)
        ? [`${element.outerHTML.slice(0, 80)}${pseudo ?? ""}`]
        : [];
    }),
  );
}

describe("motion", () => {
  it("is there where people don't mind it", async () => {
    await prefer("prefers-reduced-motion", "no-preference");
    expect(moving().some((part) => part.endsWith("::before"))).toBe(true);
    expect(moving().some((part) => part.includes("data-tollgate-button"))).toBe(true);
  });

  it("is absent where people want less of it", async () => {
    await prefer("prefers-reduced-motion", "reduce");
    expect(moving()).toEqual([]);
  });
});

describe("forced colours", () => {
  const button = (rest: string) => {
    const element = document.querySelector(
      `[data-gallery] [data-tollgate-button]${rest}:not([data-tollgate-skeleton])`,
    );
    if (element === null) throw new Error(`no button ${rest}`);
    const { backgroundColor, color, borderTopColor } = getComputedStyle(element);
    return { backgroundColor, color, borderTopColor };
  };
  const on = ':not(:disabled, [aria-disabled="true"])';

  it("keep the primary button distinct from the others, in the reader's own colours", async () => {
    loadStyles(kitStyles);
    await prefer("forced-colors", "active");
    const primary = button(`[data-tollgate-button="primary"]${on}`);
    const secondary = button(`[data-tollgate-button="secondary"]${on}`);
    const off = button('[data-tollgate-button="primary"]:disabled');
    expect(primary.backgroundColor).toBe(secondary.color);
    expect(primary.color).toBe(secondary.backgroundColor);
    expect(off.backgroundColor).toBe(secondary.backgroundColor);
    expect(off.color).not.toBe(secondary.color);
  });
});
