/** What is stored of a customer, part by part, in the order in which it is exported. */
export const exportSections = [
  "accounts",
  "subscriptions",
  "purchases",
  "checkouts",
  "consents",
  "duplicates",
  "priceChanges",
  "pricePromises",
  "seats",
  "usage",
  "usageCaps",
  "usageKeys",
  "memberUsage",
  "memberLimits",
  "usageReports",
  "history",
  "credits",
  "creditsHolds",
  "creditsLedger",
  "events",
  "callbacks",
] as const;

/** One part of what is stored of a customer. */
export type ExportSection = (typeof exportSections)[number];

/** A record as it is exported: plain JSON. */
export type ExportedRecord = Readonly<Record<string, unknown>>;

/** Everything that is stored of a customer. */
export type CustomerDocument = {
  /** The app's own id of them. */
  readonly customerId: string;
  readonly exportedAt: string;
} & { readonly [S in ExportSection]: readonly ExportedRecord[] };
