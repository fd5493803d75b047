import { couponBehind } from "../../engine/discounts/coupon.js";
import { previewedDiscount } from "../../engine/discounts/keep-previewed.js";
import { taxCodes } from "../../engine/tax/tax-code.js";
import { find } from "../../engine/world/find.js";
import type { Table, World } from "../../engine/world/world.js";

type Row = { id: string };

const tableOf: Record<string, (world: World) => Table<Row>> = {
  acct: (world) => world.accounts,
  prod: (world) => world.products,
  price: (world) => world.prices,
  cus: (world) => world.customers,
  pm: (world) => world.paymentMethods,
  card: (world) => world.paymentMethods,
  cs: (world) => world.checkoutSessions,
  sub: (world) => world.subscriptions,
  in: (world) => world.invoices,
  inpay: (world) => world.invoicePayments,
  pi: (world) => world.paymentIntents,
  seti: (world) => world.setupIntents,
  setatt: (world) => world.setupAttempts,
  ch: (world) => world.charges,
  py: (world) => world.charges,
  re: (world) => world.refunds,
  pyr: (world) => world.refunds,
  fee: (world) => world.applicationFees,
  fr: (world) => world.feeRefunds,
  tr: (world) => world.transfers,
  trr: (world) => world.transferReversals,
  po: (world) => world.payouts,
  ctoken: (world) => world.confirmationTokens,
  bps: (world) => world.portalSessions,
  bpc: (world) => world.portalConfigurations,
  alrt: (world) => world.alerts,
  txn: (world) => world.balanceTransactions,
  cbtxn_test: (world) => world.creditBalanceTransactions,
  credgr: (world) => world.creditGrants,
  cn: (world) => world.creditNotes,
  cbtxn: (world) => world.customerBalanceTransactions,
  di: (world) => world.discounts,
  du: (world) => world.disputes,
  issfr: (world) => world.earlyFraudWarnings,
  fbo: (world) => world.feedbackOptions,
  file: (world) => world.files,
  link: (world) => world.fileLinks,
  feat: (world) => world.features,
  ii: (world) => world.invoiceItems,
  mtr: (world) => world.meters,
  pmc: (world) => world.paymentMethodConfigurations,
  plink: (world) => world.paymentLinks,
  prodft: (world) => world.productFeatures,
  promo: (world) => world.promotionCodes,
  qt: (world) => world.quotes,
  shr: (world) => world.shippingRates,
  sub_sched: (world) => world.subscriptionSchedules,
  txcd: () => Object.fromEntries(taxCodes().map((code) => [code.id, code])),
  txi: (world) => world.taxIds,
  txr: (world) => world.taxRates,
  clock: (world) => world.testClocks,
};

/** `cus` of `cus_1Q`, `sub_sched` of `sub_sched_1Q`, `cs` of `cs_test_1Q`. */
const prefixOf = (id: string): string => {
  const longest = id.slice(0, Math.max(0, id.lastIndexOf("_")));
  return Object.hasOwn(tableOf, longest) ? longest : id.slice(0, Math.max(0, id.indexOf("_")));
};

/** The object an id belongs to, found by its prefix; products may have custom ids. */
export const lookup = (world: World, id: string): Row | undefined => {
  const prefix = prefixOf(id);
  const table = Object.hasOwn(tableOf, prefix) ? tableOf[prefix] : undefined;
  const row =
    (table && find(table(world), id)) ??
    find(world.products, id) ??
    couponBehind(world, id) ??
    previewedDiscount(world, id) ??
    find(world.prices, id);
  if (row && Object.hasOwn(world.hidden.deletedDiscounts, id)) return deletedDiscount(world, id);
  if (row && Object.hasOwn(world.deletedCustomers, id)) return { ...deleted("customer", id) };
  return row;
};

/** What remains of a discount that was removed or ran out. */
export const deletedDiscount = (world: World, id: string): Row & { deleted: true } => {
  const { end: _end, ...rest } = world.discounts[id] ?? { id, end: null };
  return { ...rest, deleted: true };
};

/** What remains of a deleted object. */
export const deleted = (object: string, id: string): { id: string; object: string; deleted: true } => ({
  id,
  object,
  deleted: true,
});
