import {
  createCreditNote,
  previewCreditNote,
  updateCreditNote,
  voidCreditNote,
} from "../../engine/collection/credit-note.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import type { CreditNote } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOf, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

const needNote = (world: World, id: string): CreditNote => need(world.creditNotes, "credit note", id);

const content = [
  "amount",
  "credit_amount",
  "effective_at",
  "invoice",
  "lines.amount",
  "lines.description",
  "lines.invoice_line_item",
  "lines.metadata",
  "lines.quantity",
  "lines.tax_rates",
  "lines.type",
  "lines.unit_amount",
  "lines.unit_amount_decimal",
  "memo",
  "metadata",
  "out_of_band_amount",
  "reason",
  "refund_amount",
  "refunds.amount_refunded",
  "refunds.refund",
] as const;

/** `/v1/credit_notes` */
export const creditNoteRoutes = [
  route("POST /v1/credit_notes", content, ({ world, ctx, params }) => createCreditNote(world, ctx, params)),
  route("GET /v1/credit_notes/preview", content, ({ world, ctx, params }) =>
    previewCreditNote(world, ctx, params),
  ),
  route(
    "GET /v1/credit_notes/preview/lines",
    [...content, "ending_before", "limit", "starting_after"],
    ({ world, ctx, params }) =>
      pageOf(previewCreditNote(world, ctx, params).lines.data, params, "/v1/credit_notes/preview/lines"),
  ),
  route("GET /v1/credit_notes/:id", [], ({ world, id }) => needNote(world, id)),
  route("POST /v1/credit_notes/:id", ["memo", "metadata"], ({ world, ctx, id, params }) =>
    updateCreditNote(world, ctx, needNote(world, id), params),
  ),
  route("POST /v1/credit_notes/:id/void", [], ({ world, ctx, id }) =>
    voidCreditNote(world, ctx, needNote(world, id)),
  ),
  route(
    "GET /v1/credit_notes/:id/lines",
    ["ending_before", "limit", "starting_after"],
    ({ world, id, params }) => pageOf(needNote(world, id).lines.data, params, `/v1/credit_notes/${id}/lines`),
  ),
  route(
    "GET /v1/credit_notes",
    ["created", "customer", "ending_before", "invoice", "limit", "starting_after"],
    ({ world, params }) => {
      const rows = newestFirst(world.creditNotes).filter(
        (note) =>
          (params.customer === undefined || note.customer === params.customer) &&
          (params.invoice === undefined || note.invoice === params.invoice) &&
          within(note.created, params.created),
      );
      return pageOf(rows, params, "/v1/credit_notes");
    },
  ),
];
