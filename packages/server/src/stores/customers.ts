import type { CustomerLink } from "@tollgate/core";
import type { SqlRunner } from "./sql-driver.js";

const columns = `customer_id AS "customerId", provider, provider_customer_id AS "providerCustomerId"`;

export async function findCustomer(
  sql: SqlRunner,
  customerId: string,
  provider: string,
): Promise<CustomerLink | null> {
  const [link] = await sql.query<CustomerLink>(
    `SELECT ${columns} FROM tollgate.customers WHERE customer_id = $1 AND provider = $2`,
    [customerId, provider],
  );
  return link ?? null;
}

export async function findCustomerByProviderId(
  sql: SqlRunner,
  providerCustomerId: string,
  provider: string,
): Promise<CustomerLink | null> {
  const [link] = await sql.query<CustomerLink>(
    `SELECT ${columns} FROM tollgate.customers WHERE provider_customer_id = $1 AND provider = $2`,
    [providerCustomerId, provider],
  );
  return link ?? null;
}

export async function linkCustomer(sql: SqlRunner, link: CustomerLink): Promise<CustomerLink> {
  const { customerId, provider, providerCustomerId } = link;
  const [inserted] = await sql.query<CustomerLink>(
    `INSERT INTO tollgate.customers (customer_id, provider, provider_customer_id) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING ${columns}`,
    [customerId, provider, providerCustomerId],
  );
  if (inserted !== undefined) return inserted;
  // A statement of its own: one that waited for another's insert does not see that row itself.
  const stored =
    (await findCustomer(sql, customerId, provider)) ??
    (await findCustomerByProviderId(sql, providerCustomerId, provider));
  if (stored === null) throw new Error("A customer's link was neither inserted nor found.");
  return stored;
}
