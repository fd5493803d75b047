import { Hono } from "hono";
import { lookup } from "../api/answers/lookup.js";
import { type ApiOptions, createApi } from "../api/http/create-api.js";
import { dashboardPages } from "../dashboard/door/dashboard-pages.js";
import { limitBodies } from "../doors/limit-bodies.js";
import { merchantName } from "../engine/endpoints/merchant-name.js";
import { find } from "../engine/world/find.js";
import type { World } from "../engine/world/world.js";
import { onboardingPages } from "../pages/accounts/onboarding-pages.js";
import { authenticationPages } from "../pages/authentication/authentication-pages.js";
import { checkoutPages } from "../pages/checkout/checkout-pages.js";
import { paymentLinkPages } from "../pages/checkout/payment-link-pages.js";
import { filePages } from "../pages/files/file-pages.js";
import { invoicePages } from "../pages/invoices/invoice-pages.js";
import { showRefusal } from "../pages/kit/show-refusal.js";
import { portalPages } from "../pages/portal/portal-pages.js";
import { quotePdf } from "../pages/quotes/quote-pdf.js";
import { receiptPages } from "../pages/receipts/receipt-pages.js";
import type { SandboxRoom } from "../rooms/sandbox-room.js";

import { scenarioPages } from "./scenario-endpoints.js";

/** The hosted pages of one account. */
const createPages = (room: SandboxRoom): Hono => {
  const pages = new Hono();
  pages.route("/", checkoutPages(room));
  pages.route("/", portalPages(room));
  pages.route("/", invoicePages(room));
  pages.route("/", receiptPages(room));
  pages.route("/", filePages(room));
  pages.route("/", paymentLinkPages(room));
  pages.route("/", authenticationPages(room));
  pages.route("/", onboardingPages(room));
  pages.onError(showRefusal);
  pages.notFound((context) => context.text(`There is no page at ${context.req.path} in this sandbox.`, 404));
  return pages;
};

const knows = (world: World, part: string): boolean =>
  part === world.account.id ||
  (part !== "" &&
    (lookup(world, part) ??
      find(world.hidden.portalTokens, part) ??
      find(world.hidden.fileLinkTokens, part) ??
      find(world.hidden.accountLinks, part)) !== undefined);

/** Pages name no account in their addresses: it is the one whose object an address names. */
const ownerOf = (rooms: SandboxRoom[], path: string): SandboxRoom | undefined => {
  if (rooms.length <= 1) return rooms[0];
  const parts = path.split("/");
  return rooms.find(({ world }) => parts.some((part) => knows(world, part))) ?? rooms[0];
};

/** The API, the dashboard and the hosted pages of all accounts under one Fetch handler. */
export const createSite = (platform: SandboxRoom, rooms: () => SandboxRoom[], options: ApiOptions): Hono => {
  const site = new Hono();
  const pages = new WeakMap<SandboxRoom, Hono>();
  const api = createApi(platform, options);
  const merchantOf = (path: string): string => merchantName((ownerOf(rooms(), path) ?? platform).world);
  site.use(limitBodies);
  site.route("/", quotePdf(api, merchantOf));
  site.route("/", scenarioPages(platform, options));
  site.route("/", api);
  site.route("/", dashboardPages(platform));
  site.all("*", (context) => {
    const room = ownerOf(rooms(), context.req.path) ?? platform;
    const known = pages.get(room) ?? createPages(room);
    pages.set(room, known);
    return known.fetch(context.req.raw);
  });
  return site;
};
