import type { StoreReads } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { createFactsReader } from "../inbox/event-facts.js";
import { findEvent, listUnmatchedEvents } from "../inbox/events.js";
import { readEventPage } from "../inbox/read-event-page.js";
import {
  findCheckout,
  findLatestCheckout,
  listOpenCheckouts,
  listTrialCheckouts,
} from "../records/checkouts.js";
import { findConsent } from "../records/consents.js";
import {
  findCustomer,
  findCustomerByProviderId,
  listRetiredCustomers,
  readProfile,
} from "../records/customers.js";
import {
  findDeletion,
  isBeingDeleted,
  listStoredAccounts,
  listUnfinishedDeletions,
} from "../records/deletions.js";
import { listDuplicates } from "../records/duplicates.js";
import { createPriceMigrationReads } from "../records/price-migrations.js";
import { listPricePromises } from "../records/price-promises.js";
import { findPurchase } from "../records/purchases.js";
import { createSeatReads } from "../records/seats.js";
import { findStoredSubscription, findSubscription, listSubscriptionsOf } from "../records/subscriptions.js";

/** The records as they are read. */
export function createReads(sql: SqlRunner): StoreReads {
  return {
    findCustomer: (customerId, provider) => findCustomer(sql, customerId, provider),
    findCustomerByProviderId: (id, provider) => findCustomerByProviderId(sql, id, provider),
    listRetiredCustomers: (customerId, provider) => listRetiredCustomers(sql, customerId, provider),
    readProfile: (link) => readProfile(sql, link),
    listSubscriptions: (customerId) => listSubscriptionsOf(sql, customerId),
    findSubscription: (id, provider) => findSubscription(sql, id, provider),
    findStoredSubscription: (id, provider) => findStoredSubscription(sql, id, provider),
    findCheckout: (id, customerId) => findCheckout(sql, id, customerId),
    findLatestCheckout: (customerId, slot) => findLatestCheckout(sql, customerId, slot),
    listOpenCheckouts: (customerId) => listOpenCheckouts(sql, customerId),
    listTrialCheckouts: (customerId) => listTrialCheckouts(sql, customerId),
    findPurchase: (checkoutId, provider) => findPurchase(sql, checkoutId, provider),
    findConsent: (of) => findConsent(sql, of),
    findDeletion: (digest) => findDeletion(sql, digest),
    isBeingDeleted: (customerId) => isBeingDeleted(sql, customerId),
    listUnfinishedDeletions: (options) => listUnfinishedDeletions(sql, options),
    listAccounts: (customerId) => listStoredAccounts(sql, customerId),
    listDuplicates: (customerId, provider, group) => listDuplicates(sql, customerId, provider, group),
    ...createPriceMigrationReads(sql),
    ...createSeatReads(sql),
    listPricePromises: (customerIds) => listPricePromises(sql, customerIds),
    findEvent: (id, provider) => findEvent(sql, id, provider),
    findEventFacts: createFactsReader(sql),
    listEvents: (filter) => readEventPage(sql, filter),
    listUnmatchedEvents: (id, provider) => listUnmatchedEvents(sql, id, provider),
  };
}
