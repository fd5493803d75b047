/** How many months back the page can look. */
export const lengths = [6, 12] as const;

export interface Wish {
  readonly months: (typeof lengths)[number];
  /** ISO 4217, in lower case. */
  readonly currency: string;
}

/** Which figures the address asks for. */
export function readWish({ months, currency }: Record<string, unknown>): Wish {
  return {
    months: lengths.find((one) => String(one) === months) ?? 6,
    currency: typeof currency === "string" && /^[a-z]{3}$/.test(currency) ? currency : "usd",
  };
}

/** The first day of the month that was so many months ago, in UTC. */
export function monthsAgo(months: number, now = new Date()): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
}
