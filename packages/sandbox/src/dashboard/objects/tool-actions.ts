import type { Context, Hono } from "hono";
import { needCustomer } from "../../engine/customers/customer.js";
import { failNextCharge } from "../../engine/methods/card-memory.js";
import { askForProof, expireCard } from "../../engine/methods/expire-card.js";
import { winDispute } from "../../engine/payments/decide-dispute.js";
import { closeDispute, openDispute } from "../../engine/payments/dispute.js";
import { createRefund } from "../../engine/payments/refund.js";
import {
  findDefaultConfiguration,
  saveDefaultConfiguration,
} from "../../engine/portal/portal-configuration.js";
import { createPortalSession } from "../../engine/portal/portal-session.js";
import type { Context as Ctx } from "../../engine/world/context.js";
import { need } from "../../engine/world/find.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import type { World } from "../../engine/world/world.js";
import { formatMoney } from "../../pages/format/format-money.js";
import { act, readForm } from "../frame/act.js";
import type { Desk } from "../frame/desk.js";
import { inWords } from "../frame/tone-of.js";
import { declineOf, disputeKindOf } from "./card-choices.js";

/** Does something to the object of that id, and says what came of it. */
type Tool = (call: { world: World; ctx: Ctx; id: string; form: URLSearchParams }) => string;

/** `POST /tools/…`: what a dashboard does beyond the API. */
export function addToolActions(pages: Hono, desk: Desk): void {
  for (const [path, tool] of Object.entries(tools)) {
    const [kind, name] = path.split("/");
    pages.post(`/tools/${kind}/:id/${name}`, (c) => use(c, desk, tool));
  }
  pages.post("/tools/customers/:id/portal", (c) => openPortal(c, desk));
}

async function use(c: Context, desk: Desk, tool: Tool) {
  const form = await readForm(c);
  const id = c.req.param("id") ?? "";
  return act(c, desk, backOf(form), () => desk.room.mutate((world, ctx) => tool({ world, ctx, id, form })));
}

/** Where the form was: a page of the dashboard, never another address. */
const backOf = (form: URLSearchParams): string => {
  const back = form.get("back") ?? "";
  return /^\/objects\/[a-z_]+\/[\w%.~-]+$/.test(back) ? back : "";
};

function openPortal(c: Context, desk: Desk) {
  const id = c.req.param("id") ?? "";
  let path: string | undefined;
  const answer = act(c, desk, `/objects/customers/${encodeURIComponent(id)}`, () => {
    const return_url = `${new URL(c.req.url).origin}${desk.base}/objects/customers/${id}`;
    const { url } = desk.room.mutate((world, ctx) =>
      createPortalSession(world, ctx, { customer: id, return_url, ...configurationFor(world, ctx, id) }),
    );
    path = new URL(url).pathname;
    return "A portal session was made.";
  });
  return path === undefined ? answer : c.redirect(path, 303);
}

/** What an app's sessions would use: the default configuration, or the newest; with neither, the default is saved. */
function configurationFor(world: World, ctx: Ctx, customer: string): { configuration: string } {
  needCustomer(world, customer);
  const own = findDefaultConfiguration(world);
  const [newest] = newestFirst(world.portalConfigurations).filter(({ active }) => active);
  return { configuration: (own ?? newest ?? saveDefaultConfiguration(world, ctx)).id };
}

const tools: Record<string, Tool> = {
  "payment_methods/fail": ({ world, id, form }) => {
    need(world.paymentMethods, "PaymentMethod", id);
    const decline = declineOf(form.get("decline"));
    failNextCharge(world, id, decline);
    return decline
      ? `The next payment with this card will fail: ${inWords(decline).toLowerCase()}.`
      : "The next payment with this card will succeed, if it can.";
  },
  "payment_methods/expire": ({ world, ctx, id }) => {
    const { card } = expireCard(world, ctx, id);
    return `The card expired at the end of ${card?.exp_month}/${card?.exp_year}.`;
  },
  "payment_methods/proof": ({ world, id }) => {
    askForProof(world, id);
    return "The next payment with this card asks for 3-D Secure.";
  },
  "charges/refund": ({ world, ctx, id, form }) => {
    const charge = need(world.charges, "charge", id);
    const amount = Number(form.get("amount") ?? "");
    if (!Number.isSafeInteger(amount)) throw invalidRequest("Give the amount as a whole number.");
    const then = atCustomer(world, ctx, charge.customer as string | null);
    const refund = createRefund(world, then, { charge: id, amount });
    return `${formatMoney(refund.amount, refund.currency)} were refunded.`;
  },
  "charges/dispute": ({ world, ctx, id, form }) => {
    const charge = need(world.charges, "charge", id);
    const kind = disputeKindOf(form.get("kind"));
    if (!kind) throw invalidRequest("Choose what the dispute is about.");
    const then = atCustomer(world, ctx, charge.customer as string | null);
    return `The dispute ${openDispute(world, then, charge, kind).id} was opened.`;
  },
  "disputes/decide": ({ world, ctx, id, form }) => {
    const dispute = need(world.disputes, "dispute", id);
    if (form.get("outcome") === "won") winDispute(world, ctx, dispute);
    else closeDispute(world, ctx, dispute);
    return `The dispute is over: ${inWords(dispute.status).toLowerCase()}.`;
  },
};
