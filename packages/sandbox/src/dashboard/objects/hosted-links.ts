import type { World } from "../../engine/world/world.js";

type Hosted = { href: string; label: string };

const whenSet = (label: string, href: string | null | undefined): Hosted[] => (href ? [{ href, label }] : []);

const byTable: Record<string, (world: World, id: string) => Hosted[]> = {
  checkout_sessions: ({ checkoutSessions }, id) =>
    checkoutSessions[id]?.status === "open" ? whenSet("Open the checkout", checkoutSessions[id]?.url) : [],
  invoices: ({ invoices }, id) => [
    ...whenSet("Open the invoice page", invoices[id]?.hosted_invoice_url),
    ...whenSet("PDF", invoices[id]?.invoice_pdf),
  ],
  credit_notes: ({ creditNotes }, id) => whenSet("PDF", creditNotes[id]?.pdf),
  payment_links: ({ paymentLinks }, id) => whenSet("Open the payment link", paymentLinks[id]?.url),
  portal_sessions: ({ portalSessions }, id) => whenSet("Open the portal", portalSessions[id]?.url),
  payments: ({ paymentIntents }, id) =>
    paymentIntents[id]?.status === "requires_action" ? whenSet("Open the bank’s page", `/3ds/${id}`) : [],
  setup_intents: ({ setupIntents }, id) =>
    setupIntents[id]?.status === "requires_action" ? whenSet("Open the bank’s page", `/3ds/${id}`) : [],
};

/** The hosted pages of an object, by the name of its kind in addresses. */
export const hostedLinks = (world: World, slug: string, id: string): Hosted[] =>
  byTable[slug]?.(world, id) ?? [];
