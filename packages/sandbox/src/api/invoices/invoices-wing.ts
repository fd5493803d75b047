import type { Route } from "../params/route.js";
import { creditNoteRoutes } from "./credit-notes.js";
import { invoiceItemRoutes } from "./invoice-items.js";
import { invoicePaymentRoutes } from "./invoice-payments.js";
import { invoicePreviewRoutes } from "./invoice-preview.js";
import { invoiceRoutes } from "./invoices.js";

export const invoicesWing: Route[] = [
  ...invoiceItemRoutes,
  ...invoicePreviewRoutes,
  ...invoiceRoutes,
  ...invoicePaymentRoutes,
  ...creditNoteRoutes,
];
