import type { BillingProvider, CheckoutKind } from "@tollgate/core";
import { expect, it } from "vitest";
import { chooseKind } from "./choose-kind.js";

type Kinds = BillingProvider["checkout"]["kinds"];

const at = (kinds: Kinds, asked?: CheckoutKind) => {
  const provider = { id: "other", checkout: { kinds } as BillingProvider["checkout"] };
  try {
    return chooseKind(provider, asked);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it.each<[Kinds, CheckoutKind | undefined, string]>([
  [["hosted", "elements"], undefined, "hosted"],
  [["hosted", "elements"], "elements", "elements"],
  [["hosted", "elements"], "embedded", "not_supported"],
  [["overlay"], undefined, "overlay"],
  [["overlay"], "hosted", "not_supported"],
  [["component"], undefined, "not_supported"],
])("of %j, asked for %s, it is %s", (kinds, asked, expected) => {
  expect(at(kinds, asked)).toBe(expected);
});
