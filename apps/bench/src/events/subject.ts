/** The sequence in which a load visits the subscriptions of a store, and what it tells each. */
export interface Subject {
  readonly subscriptionId: string;
  readonly customerId: string;
  /** How often the subscription has been told something, including this time; its new quantity. */
  readonly turn: number;
}

// Shares no divisor with the measured sizes, so that neighbours in time are far apart in the tables.
const stride = 7919;

/** Which of that many subscriptions the event with this index is about. */
export function subjectOf(index: number, population: number): Subject {
  const number = ((index % population) * stride) % population;
  return { ...idsOf(number), turn: Math.floor(index / population) + 1 };
}

/** The ids of the subscription of this number. SQL that fills stores makes the same. */
function idsOf(number: number): { readonly subscriptionId: string; readonly customerId: string } {
  const digits = String(number).padStart(10, "0");
  return { subscriptionId: `sub_1SBench${digits}Tollgate`, customerId: `cus_Bench${digits}` };
}

/** What the app calls the customer of a subscription. */
export const appCustomerOf = (number: number): string => `org_${String(number).padStart(10, "0")}`;

/** The quantities that a store must hold after the events from `first` to before `next`, by subscription. */
export function expectedQuantities(
  first: number,
  next: number,
  population: number,
): ReadonlyMap<string, number> {
  const expected = new Map<string, number>();
  for (let index = Math.max(first, next - population); index < next; index++) {
    const { subscriptionId, turn } = subjectOf(index, population);
    expected.set(subscriptionId, turn);
  }
  return expected;
}
