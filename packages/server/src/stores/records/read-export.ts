import type { ExportedRecord, ExportPage, ExportReads, ExportSection } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";

interface Source {
  readonly table: string;
  /** What the rows are found by and, as text, come in the order of. */
  readonly key: readonly string[];
  /** An expression for each field. */
  readonly fields: Readonly<Record<string, string>>;
  /** @default the customer's own */
  readonly where?: string;
}

/** A stored record without our own mark of its version. */
const record = { record: "record - 'v'" };

/** A new table with something of a customer belongs here, or among those that are withheld: a test asks for it. */
const sources = {
  accounts: {
    table: "customers",
    key: ["provider", "provider_customer_id"],
    fields: {
      provider: "provider",
      providerCustomerId: "provider_customer_id",
      current: "current",
      contact: "contact",
      createdAt: isoTime("created_at"),
    },
  },
  subscriptions: { table: "subscriptions", key: ["provider", "id"], fields: record },
  purchases: { table: "purchases", key: ["provider", "checkout_id"], fields: record },
  // Whoever has the address of an open one can pay it, and see who it is for.
  checkouts: { table: "checkouts", key: ["id"], fields: { record: "record - 'v' - 'url' - 'fingerprint'" } },
  consents: { table: "consents", key: ["provider", "checkout_id"], fields: record },
  duplicates: { table: "duplicates", key: ["provider", "subscription_id"], fields: record },
  priceChanges: {
    table: "price_migration_entries",
    key: ["provider", "subscription_id", "migration_id"],
    fields: { record: "(record - 'v') || jsonb_build_object('state', state)" },
  },
  pricePromises: { table: "price_promises", key: ["customer_id"], fields: record },
  seats: { table: "seats", key: ["group_name"], fields: record },
  usage: {
    table: "usage",
    key: ["feature", "period_start"],
    fields: {
      feature: "feature",
      startsAt: isoTime("period_start"),
      endsAt: isoTime("period_end"),
      used: "used",
    },
  },
  usageCaps: {
    table: "usage_caps",
    key: ["feature", "set_by"],
    fields: { feature: "feature", setBy: "set_by", cap: "cap" },
  },
  usageKeys: {
    table: "usage_keys",
    key: ["feature", "idempotency_key"],
    fields: {
      feature: "feature",
      idempotencyKey: "idempotency_key",
      recordedAt: isoTime("recorded_at"),
    },
  },
  memberUsage: {
    table: "member_usage",
    key: ["member_id", "feature", "period_start"],
    fields: {
      memberId: "member_id",
      feature: "feature",
      startsAt: isoTime("period_start"),
      endsAt: isoTime("period_end"),
      used: "used",
    },
  },
  memberLimits: {
    table: "member_limits",
    key: ["member_id", "feature"],
    fields: { memberId: "member_id", feature: "feature", limit: "amount" },
  },
  usageReports: {
    table: "usage_reports",
    key: ["id"],
    fields: {
      id: "id",
      provider: "provider",
      providerCustomerId: "provider_customer_id",
      feature: "feature",
      quantity: "quantity",
      usedAt: isoTime("used_at"),
      toldAt: isoTime("told_at"),
    },
  },
  history: {
    table: "history",
    key: ["position"],
    fields: {
      position: "position::text",
      kind: "kind",
      provider: "provider",
      subjectId: "subject_id",
      occurredAt: isoTime("occurred_at"),
      appliedAt: isoTime("applied_at"),
      currency: "currency",
      status: "status",
      amount: "amount",
      subscription: "record - 'v'",
    },
  },
  credits: {
    table: "credits_accounts",
    key: ["credit"],
    fields: { record: "(record - 'v') || jsonb_build_object('credit', credit)" },
  },
  creditsHolds: {
    table: "credits_holds",
    key: ["credit", "id"],
    fields: { record: "(record - 'v') || jsonb_build_object('credit', credit)" },
  },
  creditsLedger: {
    table: "credits_entries",
    key: ["credit", "position"],
    fields: {
      record: "(record - 'v') || jsonb_build_object('credit', credit, 'position', position::text)",
    },
  },
  events: {
    table: "events",
    key: ["provider", "id"],
    fields: {
      provider: "provider",
      id: "id",
      type: "type",
      state: "state",
      occurredAt: isoTime("occurred_at"),
      receivedAt: isoTime("received_at"),
      subscriptionId: "subscription_id",
      event: "event - 'v'",
    },
    where: `(provider, provider_customer_id) IN (
      SELECT provider, provider_customer_id FROM tollgate.customers WHERE customer_id = $1)`,
  },
  callbacks: {
    table: "callbacks",
    key: ["id"],
    fields: {
      id: "id",
      type: "type",
      state: "state",
      createdAt: isoTime("created_at"),
      data: "data - 'v'",
    },
  },
} as const satisfies Record<ExportSection, Source>;

/** Every table of ours that is exported. */
export const exportedTables: readonly string[] = Object.values(sources).map(({ table }) => table);

/** The other tables that may name a customer, and why they are left out. */
export const withheldTables: Readonly<Record<string, string>> = {
  callback_leases: "who is told something at this moment",
  deletions: "who is being deleted at this moment",
  history_pruned: "up to when totals, in which nobody is named, tell the rest of what the history says",
  rate_limits: "how often somebody clicked within this minute",
  reconciliations: "whom a comparison with the provider is about",
};

export async function readExport(
  sql: SqlRunner,
  { customerId, section, after, limit }: Parameters<ExportReads["exportCustomer"]>[0],
): Promise<ExportPage> {
  const { table, key, fields, where = "customer_id = $1" }: Source = sources[section];
  const pairs = Object.entries(fields).map(([name, expression]) => `'${name}', ${expression}`);
  const place = `json_build_array(${key.join(", ")})::text COLLATE "C"`;
  const rows = await sql.query<{ readonly place: string; readonly one: ExportedRecord }>(
    `SELECT ${place} AS place, json_build_object(${pairs.join(", ")}) AS one FROM tollgate.${table}
     WHERE ${where} AND ${place} > $2 ORDER BY ${place} LIMIT $3`,
    [customerId, after ?? "", limit + 1],
  );
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? (page.at(-1)?.place ?? null) : null;
  return { records: page.map(({ one }) => toRecord(one)), next };
}

/** Times as everywhere else, and a record without its wrapping. */
function toRecord({ record, ...row }: ExportedRecord): ExportedRecord {
  if (record !== undefined) return record as ExportedRecord;
  const times = Object.entries(row).filter(([name, value]) => name.endsWith("At") && value !== null);
  return {
    ...row,
    ...Object.fromEntries(times.map(([name, at]) => [name, new Date(String(at)).toISOString()])),
  };
}
