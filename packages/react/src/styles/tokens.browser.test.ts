/// <reference types="@vitest/browser-playwright" />
import { afterEach, describe, expect, test } from "vitest";
import { cdp } from "vitest/browser";
import "../styles.css";

const surfaces = ["surface", "surface-raised", "surface-sunken"] as const;
const inks = ["text", "text-muted", "accent", "positive", "warning", "danger"] as const;

const roles = [
  ...surfaces,
  ...inks,
  ...["line", "line-control", "accent-strong", "accent-text", "accent-soft"],
  ...["positive-soft", "warning-soft", "danger-soft"],
];

const textPairs: readonly (readonly [ink: string, ground: string])[] = [
  ...surfaces.flatMap((ground) => inks.map((ink) => [ink, ground] as const)),
  ["accent-text", "accent"],
  ["accent-text", "accent-strong"],
  ["accent", "accent-soft"],
  ["accent-strong", "accent-soft"],
  ["positive", "positive-soft"],
  ["warning", "warning-soft"],
  ["danger", "danger-soft"],
];
const edgePairs = surfaces.flatMap((ground) =>
  ["line-control", "accent"].map((edge) => [edge, ground] as const),
);

afterEach(() => document.body.replaceChildren());

describe.each(["light", "dark"])("in the %s theme", (theme) => {
  test.each(textPairs)("%s reads on %s at 4.5:1", (ink, ground) => {
    expect(contrast(paint(theme, ink), paint(theme, ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(edgePairs)("%s is seen on %s at 3:1", (edge, ground) => {
    expect(contrast(paint(theme, edge), paint(theme, ground))).toBeGreaterThanOrEqual(3);
  });
});

test("the nearest theme wins, and an override on a wrapper reaches what is inside", () => {
  document.body.innerHTML =
    '<div data-theme="dark"><div data-theme="light" style="--tollgate-accent: rgb(1, 2, 3)"><p data-tollgate="x"></p></div></div>';
  const part = document.querySelector("p") as HTMLElement;
  expect(getComputedStyle(part).colorScheme).toBe("light");
  part.style.backgroundColor = "var(--tollgate-accent)";
  expect(getComputedStyle(part).backgroundColor).toBe("rgb(1, 2, 3)");
});

describe("is dark only where the page says so", () => {
  const root = document.documentElement;
  const emulate = (scheme: "dark" | "light" | "") =>
    cdp().send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
  const isDark = () => {
    document.body.innerHTML = '<p data-tollgate="x" style="background: var(--tollgate-surface)"></p>';
    return luminance(pixelOf("p")) < 0.5;
  };
  afterEach(async () => {
    for (const name of ["style", "class", "data-theme", "data-bs-theme"]) root.removeAttribute(name);
    for (const said of document.querySelectorAll("[data-said]")) said.remove();
    await emulate("");
  });

  test("not because the system is", async () => {
    await emulate("dark");
    expect(isDark()).toBe(false);
    root.style.colorScheme = "light";
    expect(isDark()).toBe(false);
    root.style.colorScheme = "light dark";
    expect(isDark()).toBe(true);
    await emulate("light");
    expect(isDark()).toBe(false);
  });

  test.each<[how: string, say: () => void]>([
    ["its style", () => root.style.setProperty("color-scheme", "dark")],
    ["a stylesheet", () => add("<style>:root { color-scheme: dark }</style>")],
    ["a meta element", () => add('<meta name="color-scheme" content="dark">')],
    [
      "Bootstrap's theme",
      () => {
        add("<style>[data-bs-theme=dark] { color-scheme: dark }</style>");
        root.dataset.bsTheme = "dark";
      },
    ],
    ["data-theme", () => root.setAttribute("data-theme", "dark")],
    ["a class", () => root.classList.add("dark")],
  ])("by %s", async (_, say) => {
    expect(isDark()).toBe(false);
    say();
    expect(isDark()).toBe(true);
  });

  test("and a named theme overrides the scheme", () => {
    root.style.colorScheme = "dark";
    root.dataset.theme = "light";
    expect(isDark()).toBe(false);
    expect(getComputedStyle(document.querySelector("p") as HTMLElement).colorScheme).toBe("light");
  });

  test.each(["light", "dark"])("has the same %s colours however it is set", (scheme) => {
    for (const role of roles) {
      root.style.colorScheme = scheme;
      document.body.innerHTML = `<p data-tollgate="x" style="background-color: var(--tollgate-${role})"></p>`;
      const byScheme = pixelOf("p");
      root.removeAttribute("style");
      expect([role, byScheme]).toEqual([role, paint(scheme, role)]);
    }
  });
});

function add(html: string): void {
  document.head.insertAdjacentHTML("beforeend", html);
  document.head.lastElementChild?.setAttribute("data-said", "");
}

function paint(theme: string, role: string): readonly number[] {
  document.body.innerHTML = `<div data-theme="${theme}"><p data-tollgate="x" style="background-color: var(--tollgate-${role})"></p></div>`;
  return pixelOf("p");
}

function pixelOf(selector: string): readonly number[] {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = getComputedStyle(document.querySelector(selector) as HTMLElement).backgroundColor;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
function contrast(one: readonly number[], other: readonly number[]): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(channels: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
