/** The part of Stripe's Appearance API that the form draws. https://docs.stripe.com/elements/appearance-api */
export interface Appearance {
  readonly theme?: "stripe" | "night" | "flat" | undefined;
  readonly variables?: Readonly<Record<string, string | undefined>> | undefined;
  readonly rules?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  readonly inputs?: "spaced" | "condensed" | undefined;
  readonly labels?: "auto" | "above" | "floating" | undefined;
  readonly disableAnimations?: boolean | undefined;
}

const sharedVariables = {
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontSizeBase: "16px",
  fontSizeSm: "0.875em",
  fontLineHeight: "1.4",
  fontWeightNormal: "400",
  fontWeightMedium: "500",
  spacingUnit: "4px",
  borderRadius: "6px",
};

/** Light unless the page says otherwise, as Stripe's own form is: it follows its page, not the system. */
const themes = {
  stripe: {
    ...sharedVariables,
    colorPrimary: "#4b48d6",
    colorBackground: "#ffffff",
    colorText: "#23232d",
    colorTextSecondary: "#5c5d6b",
    colorTextPlaceholder: "#6d6e7c",
    colorDanger: "#c01c3b",
    inputColorBorder: "#8b8c99",
  },
  night: {
    ...sharedVariables,
    colorPrimary: "#9da2ff",
    colorBackground: "#22232e",
    colorText: "#f3f3f7",
    colorTextSecondary: "#b6b8c7",
    colorTextPlaceholder: "#a1a3b4",
    colorDanger: "#ff93a3",
    inputColorBorder: "#7d7f92",
  },
  flat: {
    ...sharedVariables,
    borderRadius: "4px",
    colorPrimary: "#23232d",
    colorBackground: "#f2f2f4",
    colorText: "#23232d",
    colorTextSecondary: "#5c5d6b",
    colorTextPlaceholder: "#63646f",
    colorDanger: "#b3122f",
    inputColorBorder: "#8b8c99",
  },
} satisfies Record<"stripe" | "night" | "flat", Record<string, string>>;

/** The appearance as CSS for the form's shadow root: one custom property per variable, then the page's rules. */
export function appearanceCss(appearance: Appearance = {}): string {
  const variables: Record<string, string | undefined> = {
    ...(themes[appearance.theme ?? "stripe"] ?? themes.stripe),
    ...appearance.variables,
  };
  const lines = [`color-scheme: ${appearance.theme === "night" ? "dark" : "light"};`];
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined) lines.push(`--${toKebab(name)}: ${toCssValue(value)};`);
  }
  if (appearance.disableAnimations) lines.push("--transition: none;");
  return [`:host { ${lines.join(" ")} }`, ...toRules(appearance.rules ?? {})].join("\n");
}

// The form's nodes wear Stripe's class names (`.Input`, `.Label--invalid` …), so rules apply as written.
function toRules(rules: NonNullable<Appearance["rules"]>): string[] {
  return Object.entries(rules).map(([selector, declarations]) => {
    const body = Object.entries(declarations).map(
      ([name, value]) => `${toKebab(name)}: ${toCssValue(value)};`,
    );
    return `${selector.replace(/[{}<;]/g, "")} { ${body.join(" ")} }`;
  });
}

function toKebab(name: string): string {
  return name.replace(/[^a-zA-Z0-9-]/g, "").replace(/[A-Z0-9]+/g, (part) => `-${part.toLowerCase()}`);
}

// A value must not end its own declaration.
function toCssValue(value: string): string {
  return value.replace(/[{};]/g, "");
}

/** Which of the form's own classes an appearance puts on. Labels float by themselves where inputs are joined. */
export function appearanceClasses(appearance: Appearance = {}): Record<string, boolean> {
  const condensed = appearance.inputs === "condensed";
  const labels = appearance.labels ?? "auto";
  return {
    "Form--condensed": condensed,
    "Form--floating": labels === "floating" || (labels === "auto" && condensed),
  };
}
