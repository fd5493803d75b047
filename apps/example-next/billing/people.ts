/** Who can sign in to the demo. A real app has its own authentication here. */
export const people = [
  { id: "ada", name: "Ada", email: "ada@example.com", isStaff: false },
  { id: "grace", name: "Grace", email: "grace@example.com", isStaff: false },
  // Works for Harbor: buys nothing, and sees what support and the board need.
  { id: "sam", name: "Sam", email: "sam@example.com", isStaff: true },
] as const;

export type Person = (typeof people)[number];

export const personCookie = "person";

/** The person that a cookie names; the first one when it names nobody. */
export function findPerson(id: string | undefined): Person {
  return people.find((person) => person.id === id) ?? people[0];
}
