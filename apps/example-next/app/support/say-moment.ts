const moments = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" });

/** `January 12, 2027 at 3:05:42 PM UTC` */
export const sayMoment = (time: string) => `${moments.format(new Date(time))} UTC`;

/** The same as a form field has it, to the second that is over: what happened then is in it. */
export const toField = (time: string) => new Date(Date.parse(time) + 1_000).toISOString().slice(0, 19);
