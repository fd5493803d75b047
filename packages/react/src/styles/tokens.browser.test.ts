import { afterEach, describe, expect, test } from "vitest";
import "../styles.css";

const surfaces = ["surface", "surface-raised", "surface-sunken"] as const;
const inks = ["text", "text-muted", "accent", "positive", "warning", "danger"] as const;

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

test("host styles outside a layer win over the kit's, and the kit touches nothing of the host", () => {
  document.body.innerHTML = '<h2>Host</h2><style>p { color: rgb(9, 9, 9); }</style><p data-tollgate="x"></p>';
  const [heading, part] = [document.querySelector("h2"), document.querySelector("p")];
  expect(getComputedStyle(part as HTMLElement).color).toBe("rgb(9, 9, 9)");
  expect(getComputedStyle(heading as HTMLElement).marginTop).not.toBe("0px");
});

function paint(theme: string, role: string): readonly number[] {
  document.body.innerHTML = `<div data-theme="${theme}"><p data-tollgate="x" style="background-color: var(--tollgate-${role})"></p></div>`;
  const context = document.createElement("canvas").getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = getComputedStyle(document.querySelector("p") as HTMLElement).backgroundColor;
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
