import { firstTables } from "./0001-tables.js";
import { inboxTables } from "./0002-inbox.js";
import { outbox } from "./0003-outbox.js";
import { onceIsOnce } from "./0004-once.js";
import { reconcileTables } from "./0005-reconcile.js";
import { rateLimits } from "./0006-rate-limits.js";
import { usageTables } from "./0007-usage.js";
import { installationRow } from "./0008-installation.js";
import { pushedPlansTable } from "./0009-pushed-plans.js";
import { attempts } from "./0010-attempts.js";
import { listeners } from "./0011-listeners.js";
import { purchasesTable } from "./0012-purchases.js";
import { callbacksDue } from "./0013-callbacks-due.js";
import { rounds } from "./0014-rounds.js";
import { pastDue } from "./0015-past-due.js";
import { profiles } from "./0016-profiles.js";
import { deletions } from "./0017-deletions.js";
import { usageReports } from "./0018-usage-reports.js";
import { intros } from "./0019-intros.js";
import { consentsTable } from "./0020-consents.js";
import { priceMigrations } from "./0021-price-migrations.js";
import { history } from "./0022-history.js";
import { creditsTables } from "./0023-credits.js";
import { terms } from "./0024-terms.js";
import { seatsTable } from "./0025-seats.js";
import { ownTimes } from "./0026-own-times.js";
import { memberTables } from "./0027-members.js";
import { usageCaps } from "./0028-usage-caps.js";
import { historyTotals } from "./0029-history-totals.js";
import { jobEngine } from "./job-engine-tables.js";
import type { Migration } from "./migration.js";

/** In the order in which they run. */
export const migrations: readonly Migration[] = [
  firstTables,
  inboxTables,
  jobEngine,
  outbox,
  onceIsOnce,
  reconcileTables,
  rateLimits,
  usageTables,
  installationRow,
  pushedPlansTable,
  attempts,
  listeners,
  purchasesTable,
  callbacksDue,
  rounds,
  pastDue,
  profiles,
  deletions,
  usageReports,
  intros,
  consentsTable,
  priceMigrations,
  history,
  creditsTables,
  terms,
  seatsTable,
  ownTimes,
  memberTables,
  usageCaps,
  historyTotals,
];
