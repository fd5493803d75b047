import type { Appearance } from "@stripe/stripe-js";

/** The roles that the card form wears, by Stripe's name for them. */
const roles = {
  colorPrimary: "accent",
  colorBackground: "surface-raised",
  colorText: "text",
  colorTextSecondary: "text-muted",
  colorTextPlaceholder: "text-muted",
  colorIcon: "text-muted",
  colorDanger: "danger",
  colorSuccess: "positive",
  colorWarning: "warning",
} as const;

/**
 * The kit's tokens, as they compute on this element now, for Stripe's Appearance API: dark wherever they are dark,
 * which is where the page says so. Stripe draws in a frame of its own, where neither custom properties nor the page's
 * `color-scheme` reach, so colours arrive as hex. https://docs.stripe.com/elements/appearance-api
 */
export function readAppearance(root: HTMLElement): Appearance {
  const probe = root.ownerDocument.createElement("span");
  probe.hidden = true;
  root.append(probe);
  try {
    const colors = Object.fromEntries(
      Object.entries(roles).map(([name, role]) => [name, readColor(probe, `var(--tollgate-${role})`)]),
    );
    const { fontFamily } = getComputedStyle(root);
    const edge = readColor(probe, "var(--tollgate-line-control)");
    return {
      theme: isDark(colors.colorBackground ?? "#ffffff") ? "night" : "stripe",
      variables: {
        ...colors,
        fontFamily,
        // 16px keeps iOS from zooming into a focused field.
        fontSizeBase: "16px",
        ...readLength(probe, "spacingUnit", "--tollgate-unit"),
        ...readLength(probe, "borderRadius", "--tollgate-radius-control"),
      },
      rules: {
        ".Input": { border: `1px solid ${edge}`, boxShadow: "none" },
        ".Label": { fontSize: "14px", fontWeight: "500" },
      },
      disableAnimations: matchMedia("(prefers-reduced-motion: reduce)").matches,
    };
  } finally {
    probe.remove();
  }
}

function readColor(probe: HTMLElement, value: string): string {
  probe.style.color = value;
  const canvas = probe.ownerDocument.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (canvas === null) return "";
  canvas.fillStyle = getComputedStyle(probe).color;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Nothing where the styles are not loaded: a missing width would be the page's, and its fields would be miles apart.
 */
function readLength(probe: HTMLElement, name: string, token: string): Record<string, string> {
  if (getComputedStyle(probe).getPropertyValue(token) === "") return {};
  probe.style.width = `var(${token})`;
  probe.style.display = "block";
  const { width } = getComputedStyle(probe);
  probe.style.width = "";
  return { [name]: width };
}

function isDark(hex: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 < 128;
}
