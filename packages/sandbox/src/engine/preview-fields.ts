import type Stripe from "stripe";
import type { Given } from "./wire.js";

/** What an invoice is to be previewed for, and which changes are to be made first. */
export type PreviewFields = Omit<Given<Stripe.InvoiceCreatePreviewParams>, "expand">;
