import { defaultChangePolicies } from "@tollgate/core";
import { expect, it, test } from "vitest";
import { type ChangeOptions, toChangePolicies } from "./change-options.js";

it("keeps the default of what is left out", () => {
  expect(toChangePolicies()).toEqual(defaultChangePolicies);
  expect(toChangePolicies({ downgrade: { at: "now" }, moreSeats: { prorate: false } })).toEqual({
    ...defaultChangePolicies,
    downgrade: { at: "now", prorate: true },
    more_seats: { at: "now", prorate: false },
  });
});

test.each<[string, object]>([
  ["a direction that there is not", { sideways: { at: "now" } }],
  ["a time that there is not", { upgrade: { at: "tomorrow" } }],
  ["a proration that is neither on nor off", { upgrade: { prorate: "yes" } }],
  ["a year for free", { longerInterval: { prorate: false } }],
])("refuses %s", (_, options) => {
  expect(() => toChangePolicies(options as ChangeOptions)).toThrow(
    expect.objectContaining({ code: "invalid_options" }),
  );
});

it("lets a year that begins later go without proration", () => {
  const { longer_interval } = toChangePolicies({ longerInterval: { at: "period_end", prorate: false } });
  expect(longer_interval).toEqual({ at: "period_end", prorate: false });
});
