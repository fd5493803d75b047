const moments = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** `January 12, 2027 at 3:05 PM UTC` */
export const sayMoment = (time: string) => `${moments.format(new Date(time))} UTC`;

/** The same as a form field has it, to the minute that is over: what happened then is in it. */
export const toField = (time: string) => new Date(Date.parse(time) + 60_000).toISOString().slice(0, 16);
