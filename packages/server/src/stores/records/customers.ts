import type { CustomerLink, CustomerProfile, ProfileWrite, StoredCustomer } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

export const customerColumns = `customer_id AS "customerId", provider, provider_customer_id AS "providerCustomerId", current, profile`;

export async function findCustomer(
  sql: SqlRunner,
  customerId: string,
  provider: string,
): Promise<StoredCustomer | null> {
  const [customer] = await sql.query<StoredCustomer>(
    `SELECT ${customerColumns} FROM tollgate.customers WHERE customer_id = $1 AND provider = $2 AND current`,
    [customerId, provider],
  );
  return customer ?? null;
}

export async function findCustomerByProviderId(
  sql: SqlRunner,
  providerCustomerId: string,
  provider: string,
): Promise<StoredCustomer | null> {
  const [customer] = await sql.query<StoredCustomer>(
    `SELECT ${customerColumns} FROM tollgate.customers WHERE provider_customer_id = $1 AND provider = $2`,
    [providerCustomerId, provider],
  );
  return customer ?? null;
}

export async function listRetiredCustomers(
  sql: SqlRunner,
  customerId: string,
  provider: string,
): Promise<readonly string[]> {
  const rows = await sql.query<{ readonly id: string }>(
    `SELECT provider_customer_id AS id FROM tollgate.customers
     WHERE customer_id = $1 AND provider = $2 AND NOT current ORDER BY provider_customer_id COLLATE "C"`,
    [customerId, provider],
  );
  return rows.map(({ id }) => id);
}

export async function linkCustomer(sql: SqlRunner, link: CustomerLink): Promise<StoredCustomer> {
  const { customerId, provider, providerCustomerId } = link;
  const [inserted] = await sql.query<StoredCustomer>(
    `INSERT INTO tollgate.customers (customer_id, provider, provider_customer_id) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING ${customerColumns}`,
    [customerId, provider, providerCustomerId],
  );
  if (inserted !== undefined) return inserted;
  // A separate statement: one that waited for another's insert does not see that row itself.
  const stored =
    (await findCustomer(sql, customerId, provider)) ??
    (await findCustomerByProviderId(sql, providerCustomerId, provider));
  if (stored === null) throw new Error("A customer's link was neither inserted nor found.");
  return stored;
}

export async function retireCustomer(sql: SqlRunner, link: CustomerLink): Promise<void> {
  await sql.query(
    "UPDATE tollgate.customers SET current = false WHERE provider_customer_id = $1 AND provider = $2 AND current",
    [link.providerCustomerId, link.provider],
  );
}

export async function saveCustomerProfile(
  sql: SqlRunner,
  link: StoredCustomer,
  profile: string,
): Promise<void> {
  await sql.query(
    `UPDATE tollgate.customers SET profile = CASE WHEN profile IS NOT DISTINCT FROM $3 THEN $4 END
     WHERE provider_customer_id = $1 AND provider = $2`,
    [link.providerCustomerId, link.provider, link.profile, profile],
  );
}

export async function readProfile(sql: SqlRunner, link: CustomerLink): Promise<CustomerProfile> {
  const [row] = await sql.query<{ readonly contact: CustomerProfile }>(
    "SELECT contact FROM tollgate.customers WHERE provider_customer_id = $1 AND provider = $2",
    [link.providerCustomerId, link.provider],
  );
  return row?.contact ?? {};
}

export async function saveProfile(
  sql: SqlRunner,
  { link, expected, profile }: Pick<ProfileWrite, "link" | "expected" | "profile">,
): Promise<boolean> {
  const saved = await sql.query(
    `UPDATE tollgate.customers SET contact = $4::jsonb
     WHERE provider_customer_id = $1 AND provider = $2 AND contact = $3::jsonb RETURNING 1 AS saved`,
    [link.providerCustomerId, link.provider, JSON.stringify(expected), JSON.stringify(profile)],
  );
  return saved.length === 1;
}

/** Somebody else's from now on, and the one who is billed; what they had before becomes history. */
export async function moveLink(sql: SqlRunner, link: CustomerLink): Promise<void> {
  const { customerId, provider, providerCustomerId } = link;
  await sql.query(
    `UPDATE tollgate.customers SET current = false
     WHERE customer_id = $1 AND provider = $2 AND provider_customer_id <> $3 AND current`,
    [customerId, provider, providerCustomerId],
  );
  await sql.query(
    `UPDATE tollgate.customers SET customer_id = $1, current = true, profile = NULL
     WHERE provider = $2 AND provider_customer_id = $3`,
    [customerId, provider, providerCustomerId],
  );
}
