import { describe, expect, test } from "vitest";
import type { CustomerProfile } from "../language/customer-profile.js";
import { decideChosen, decideIdentified, decideProvided, decidePushed, waitingOf } from "./decide-profile.js";

const identified: CustomerProfile = { email: { value: "ada@b.co", by: "identify" } };
const chosen: CustomerProfile = { email: { value: "office@b.co", by: "app" } };
const provided: CustomerProfile = { email: { value: "books@b.co", by: "provider" } };
const waiting: CustomerProfile = { email: { value: "new@b.co", by: "app", waits: true } };

describe("who says the address", () => {
  test.each([
    ["nobody has said anything", {}, "bob@b.co"],
    ["another click said it", identified, "bob@b.co"],
    ["the app chose one", chosen, null],
    ["it was changed at the provider", provided, null],
  ])("a click where %s", (_, known, given) => {
    expect(waitingOf(decideIdentified(known, { email: "bob@b.co" }))?.email ?? null).toBe(given);
  });

  test("the app's choice that is still on its way", () => {
    expect(decideIdentified(waiting, { email: "bob@b.co" })).toEqual(waiting);
  });

  test("one field may be chosen, and the other not", () => {
    const next = decideIdentified(chosen, { email: "bob@b.co", name: "Bob" });
    expect(waitingOf(next)).toEqual({ email: null, name: "Bob" });
  });

  test("what is there already is not given again", () => {
    expect(decideIdentified(identified, { email: "ada@b.co" })).toEqual(identified);
  });

  test("what was begun and cut off is given again", () => {
    const cut = decideIdentified({}, { email: "ada@b.co" });
    expect(waitingOf(decideIdentified(cut, { email: "ada@b.co" }))?.email).toBe("ada@b.co");
  });
});

describe("the app chooses", () => {
  test("it waits until the provider has it", () => {
    const next = decideChosen(identified, { email: "new@b.co" });
    expect(next).toEqual(waiting);
    expect(waitingOf(next)).toEqual({ email: "new@b.co", name: null });
    const pushed = decidePushed(next, { email: "new@b.co", name: null }, []);
    expect(pushed).toEqual({ email: { value: "new@b.co", by: "app" } });
    expect(waitingOf(pushed)).toBeNull();
  });

  test("what the provider has already is chosen without being sent", () => {
    expect(waitingOf(decideChosen(identified, { email: "ada@b.co" }))).toBeNull();
    expect(decideChosen(identified, { email: "ada@b.co" }).email?.by).toBe("app");
  });

  test("the same again, while the first is on its way, still waits", () => {
    expect(decideChosen(waiting, { email: "new@b.co" })).toEqual(waiting);
  });

  test("what the provider refuses is not known to be there", () => {
    expect(decidePushed(waiting, { email: "new@b.co", name: null }, ["email"])).toEqual({});
  });

  test("another that was chosen while the first was sent is given, too: they may arrive in any order", () => {
    const sent = { email: "first@b.co", name: null };
    expect(decidePushed(waiting, sent, [])).toEqual(waiting);
    expect(waitingOf(chosen, sent)).toEqual({ email: "office@b.co", name: null });
    expect(waitingOf(chosen, { email: "office@b.co", name: null })).toBeNull();
  });

  test("what is not named stays", () => {
    const both: CustomerProfile = { ...provided, name: { value: "B", by: "identify" } };
    expect(decideChosen(both, { name: "C" }).email).toEqual(provided.email);
  });
});

describe("the provider tells", () => {
  test.each([
    ["what a click gave it", identified, "ada@b.co"],
    ["what the app gave it", chosen, "office@b.co"],
    ["what it told before", provided, "books@b.co"],
    ["what was there before the app's choice, which is on its way", waiting, "ada@b.co"],
  ])("%s: no news", (_, known, email) => {
    expect(decideProvided(known, { email, name: null })).toBeNull();
  });

  test.each([
    ["over a click's", identified],
    ["over the app's choice", chosen],
    ["over what it said before", provided],
    ["where nothing was known", {}],
  ])("another address %s: news, and the one that counts from now on", (_, known) => {
    const news = decideProvided(known, { email: "z@b.co", name: null });
    expect(news).toEqual({
      profile: { email: { value: "z@b.co", by: "provider" } },
      changed: { email: "z@b.co" },
    });
    expect(decideProvided(news?.profile ?? {}, { email: "z@b.co", name: null })).toBeNull();
  });

  test("an address that was taken away", () => {
    expect(decideProvided(chosen, { email: null, name: null })?.changed).toEqual({ email: null });
  });
});
