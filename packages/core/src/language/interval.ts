/** How often a subscription is billed. */
export type Interval = "month" | "year";
