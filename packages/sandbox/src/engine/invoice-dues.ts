import { dunInvoice, finalizeAndCollect } from "./collect-invoice.js";
import type { Due } from "./due.js";
import type { Invoice } from "./wire.js";
import type { World } from "./world.js";

const finalization = (invoice: Invoice): Due[] => {
  const { id, status, auto_advance, automatically_finalizes_at } = invoice;
  if (status !== "draft" || !auto_advance || automatically_finalizes_at === null) return [];
  return [
    {
      id: `${id}/finalize`,
      at: automatically_finalizes_at,
      turn: "collect",
      run: (world, ctx) => finalizeAndCollect(world, ctx, invoice),
    },
  ];
};

const nextAttempt = (invoice: Invoice): Due[] => {
  const { id, status, next_payment_attempt } = invoice;
  if (status !== "open" || next_payment_attempt === null) return [];
  return [
    {
      id: `${id}/collect`,
      at: next_payment_attempt,
      turn: "collect",
      run: (world, ctx) => dunInvoice(world, ctx, invoice),
    },
  ];
};

/** What lies ahead of an invoice: each of these functions names one thing, or nothing. */
export const invoiceDues = (_world: World, invoice: Invoice): Due[] => [
  ...finalization(invoice),
  ...nextAttempt(invoice),
];
