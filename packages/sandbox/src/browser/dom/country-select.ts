import { countryCodes } from "./country-codes.js";
import { createNode } from "./create-node.js";

/** A list of countries, in the order and with the names of the language. */
export function createCountrySelect(
  tag: string,
  allowed: readonly string[] = countryCodes,
): HTMLSelectElement {
  const names = new Intl.DisplayNames([tag, "en"], { type: "region" });
  const countries = allowed.map((code) => ({ code, name: names.of(code) ?? code }));
  countries.sort((a, b) => a.name.localeCompare(b.name, tag));
  return createNode(
    "select",
    { autocomplete: "country" },
    ...countries.map(({ code, name }) => createNode("option", { value: code }, name)),
  );
}

/** Chooses a country, or the first there is if it is not among them. */
export function chooseCountry(select: HTMLSelectElement, country: string): void {
  select.value = country;
  if (select.selectedIndex === -1) select.value = "US";
  if (select.selectedIndex === -1) select.selectedIndex = 0;
}
