import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { findPerson, type Person, personCookie } from "./people";

/** Who is signed in: read on the server, from the session. */
export async function currentPerson(): Promise<Person> {
  return findPerson((await cookies()).get(personCookie)?.value);
}

/**
 * Lets only your own staff pass. `billing.timeline`, `billing.explain` and `billing.metrics` answer whoever calls them,
 * about anybody: the kit has no route for them, and the guard is yours. To everybody else the page does not exist.
 */
export async function requireStaff(): Promise<void> {
  const { isStaff } = await currentPerson();
  if (!isStaff) notFound();
}
