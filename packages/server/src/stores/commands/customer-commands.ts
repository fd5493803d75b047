import type { CustomerLink, StoreCommands, StoredCustomer } from "@tollgate/core";
import { customerLock } from "../driver/locks.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { Transact } from "../driver/transaction.js";
import {
  findCustomerByProviderId,
  linkCustomer,
  retireCustomer,
  saveCustomerProfile,
  saveProfile,
} from "../records/customers.js";
import { replaceWithin } from "./subscription-commands.js";

type CustomerCommands = Pick<
  StoreCommands,
  "linkCustomer" | "retireCustomer" | "saveCustomerProfile" | "saveProfile"
>;

export function createCustomerCommands(sql: SqlRunner, transact: Transact): CustomerCommands {
  return {
    linkCustomer: (link, { wins = "first", subscriptions = [] } = {}) =>
      transact(async (tx) => {
        await tx.lock(customerLock(link.provider, link.providerCustomerId));
        tx.changed(link.customerId);
        const stored = await (wins === "first" ? linkCustomer(tx.sql, link) : linkLast(tx.sql, link));
        if (!isSame(stored, link)) return stored;
        for (const write of subscriptions) await replaceWithin(tx, write);
        return stored;
      }),
    retireCustomer: (link) =>
      transact(async (tx) => {
        await tx.lock(customerLock(link.provider, link.providerCustomerId));
        tx.changed(link.customerId);
        await retireCustomer(tx.sql, link);
      }),
    saveCustomerProfile: (link, profile) => saveCustomerProfile(sql, link, profile),
    saveProfile: (write) =>
      transact(async (tx) => {
        if (!(await saveProfile(tx.sql, write))) return "overtaken";
        await tx.enqueueCallbacks(write.callbacks);
        await tx.enqueueJobs(write.jobs);
        return "saved";
      }),
  };
}

async function linkLast(sql: SqlRunner, link: CustomerLink): Promise<StoredCustomer> {
  const known = await findCustomerByProviderId(sql, link.providerCustomerId, link.provider);
  if (known !== null) return known;
  const linked = await linkCustomer(sql, link);
  if (isSame(linked, link)) return linked;
  await retireCustomer(sql, linked);
  return linkCustomer(sql, link);
}

function isSame(link: CustomerLink, wanted: CustomerLink): boolean {
  return link.customerId === wanted.customerId && link.providerCustomerId === wanted.providerCustomerId;
}
