import type { CheckoutOrder } from "../../engine/checkout/terms/checkout-order.js";

const corners = { pill: "999px", rectangular: "0", rounded: "8px" } as const;

/** Whether white reads better than black on `#rrggbb`: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function isDark(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179;
}

/** A session's own button and corners. What is not a colour is left out, so that no other rule gets in. */
export function brandCss(branding: CheckoutOrder["branding_settings"]): string {
  const { border_style: style, button_color: button } = branding ?? {};
  const radius = style ? `.checkout { --radius: ${corners[style]}; }` : "";
  if (!button || !/^#[0-9a-f]{6}$/i.test(button)) return radius;
  const text = isDark(button) ? "#ffffff" : "#000000";
  return `${radius} .button.primary, .button.primary:hover { background: ${button}; color: ${text}; }`;
}
