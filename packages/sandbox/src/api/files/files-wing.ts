import { createFileLink, needFileLink, updateFileLink } from "../../engine/files/file-link.js";
import { needFile, uploadFile } from "../../engine/files/upload-file.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { clearable, hash, required, text } from "../params/fields.js";
import { type Route, route } from "../params/route.js";

/** What the reader of forms makes of a file. */
const file = required(
  hash({
    // Base64 needs four characters for three bytes.
    data: { ...required(clearable(text())), maximum: 4 * 8 * 1_048_576 },
    name: required(text()),
    type: required(text()),
  }),
);

/** `/v1/files` and `/v1/file_links` */
export const filesWing: Route[] = [
  route(
    "POST /v1/files",
    ["file_link_data", "purpose"],
    ({ world, ctx, params }) => {
      const { file_link_data: link, ...rest } = params;
      const made = uploadFile(world, ctx, rest as typeof rest & Parameters<typeof uploadFile>[2]);
      if (link?.create) createFileLink(world, ctx, { ...link, file: made.id });
      return needFile(world, made.id);
    },
    { extra: { file } },
  ),
  route("GET /v1/files/:id", [], ({ world, id }) => needFile(world, id)),
  route("GET /v1/files", ["created", "purpose", ...paging], ({ world, params }) =>
    pageOf(
      [...newestFirst(world.files)]
        .filter(
          (row) =>
            (params.purpose === undefined || row.purpose === params.purpose) &&
            within(row.created, params.created),
        )
        .map(({ id }) => needFile(world, id)),
      params,
      "/v1/files",
    ),
  ),
  route("POST /v1/file_links", ["expires_at", "file", "metadata"], ({ world, ctx, params }) =>
    createFileLink(world, ctx, params),
  ),
  route("GET /v1/file_links/:id", [], ({ world, ctx, id }) => needFileLink(world, ctx, id)),
  route("POST /v1/file_links/:id", ["expires_at", "metadata"], ({ world, ctx, id, params }) =>
    updateFileLink(world, ctx, id, params),
  ),
  route("GET /v1/file_links", ["created", "expired", "file", ...paging], ({ world, ctx, params }) =>
    pageOf(
      [...newestFirst(world.fileLinks)]
        .map(({ id }) => needFileLink(world, ctx, id))
        .filter(
          (row) =>
            (params.file === undefined || row.file === params.file) &&
            (params.expired === undefined || row.expired === params.expired) &&
            within(row.created, params.created),
        ),
      params,
      "/v1/file_links",
    ),
  ),
];
