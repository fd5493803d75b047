import type { CustomerProfile, KnownField, ProfileField, ProfileWish } from "../language/customer-profile.js";

const fields: readonly ProfileField[] = ["email", "name"];

/** What is to be given to the provider; `null` leaves what is there. */
export interface ProfilePush {
  readonly email: string | null;
  readonly name: string | null;
}

/**
 * The profile once somebody clicked. `identify` speaks for whoever clicked last, who may be any of several managers: it
 * fills in what nobody chose, and never replaces an address that was chosen.
 *
 * @example
 * const chosen = { email: { value: "office@example.com", by: "provider" } } as const;
 * decideIdentified(chosen, { email: "ada@example.com" }).email?.value; // "office@example.com"
 */
export function decideIdentified(known: CustomerProfile, said: ProfileWish): CustomerProfile {
  return replace(known, (field) => {
    const value = said[field] ?? null;
    const { by = "identify" } = known[field] ?? {};
    return value === null || by !== "identify" ? known[field] : toGive(known[field], value, by);
  });
}

/**
 * The profile once the app has chosen something.
 *
 * @example
 * decideChosen({}, { email: "office@example.com" }).email?.waits; // true
 */
export function decideChosen(known: CustomerProfile, wish: ProfileWish): CustomerProfile {
  return replace(known, (field) => {
    const value = wish[field] ?? null;
    return value === null ? known[field] : toGive(known[field], value, "app");
  });
}

/** It waits before it is given, so that the provider's news of it is not taken for somebody else's change. */
function toGive(known: KnownField | undefined, value: string, by: KnownField["by"]): KnownField {
  if (known?.value === value && known.by === by) return known;
  const isThere = known?.value === value && known.waits === undefined;
  return { value, by, ...(!isThere && { waits: true }) };
}

/**
 * What still has to be given to the provider; `null`: nothing.
 *
 * @param sent what was given last: if another has been chosen meanwhile, the two may have arrived in any order
 * @example
 * waitingOf({ email: { value: "a@b.co", by: "app", waits: true } }); // { email: "a@b.co", name: null }
 */
export function waitingOf(known: CustomerProfile, sent: ProfilePush | null = null): ProfilePush | null {
  const of = (field: ProfileField) => {
    const { value = null, waits } = known[field] ?? {};
    const before = sent?.[field] ?? null;
    return waits === true || (before !== null && before !== value) ? value : null;
  };
  const push = { email: of("email"), name: of("name") };
  return push.email === null && push.name === null ? null : push;
}

/**
 * The profile once the provider was given something. What it refused is not there, and what it has instead is not known.
 *
 * @example
 * const waiting = { email: { value: "a@b.co", by: "app", waits: true } } as const;
 * decidePushed(waiting, { email: "a@b.co", name: null }, []).email; // { value: "a@b.co", by: "app" }
 */
export function decidePushed(
  known: CustomerProfile,
  push: ProfilePush,
  refused: readonly ProfileField[],
): CustomerProfile {
  return replace(known, (field) => {
    const { value, by, waits } = known[field] ?? {};
    if (by === undefined || value === undefined || value !== push[field] || waits !== true)
      return known[field];
    return refused.includes(field) ? undefined : { value, by };
  });
}

/**
 * What was changed at the provider, and the profile with it; `null`: nothing that isn't known. What we gave it ourselves
 * comes back as news and is none, so nothing goes round in circles. What the app has chosen and the provider has not
 * got yet stays: it is about to replace what is there.
 *
 * @example
 * const known = { email: { value: "a@b.co", by: "identify" } } as const;
 * decideProvided(known, { email: "office@b.co", name: null })?.changed; // { email: "office@b.co" }
 */
export function decideProvided(
  known: CustomerProfile,
  there: ProfilePush,
): {
  readonly profile: CustomerProfile;
  readonly changed: { readonly [F in ProfileField]?: string | null };
} | null {
  const news = fields.filter((field) => {
    const { value = null, waits } = known[field] ?? {};
    return waits === undefined && value !== there[field];
  });
  if (news.length === 0) return null;
  const profile = replace(known, (field) =>
    news.includes(field) ? { value: there[field], by: "provider" } : known[field],
  );
  return { profile, changed: Object.fromEntries(news.map((field) => [field, there[field]])) };
}

/** The very same profile where nothing is different. */
function replace(
  known: CustomerProfile,
  next: (field: ProfileField) => KnownField | undefined,
): CustomerProfile {
  const pairs = fields.map((field) => [field, next(field)] as const);
  if (pairs.every(([field, value]) => value === known[field])) return known;
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}
