import { type Context, seconds } from "../world/context.js";
import { need } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import { touch } from "../world/touch.js";
import type { FileLink, StripeFile } from "../world/wire.js";
import type { World } from "../world/world.js";

type Links = NonNullable<StripeFile["links"]>;

/** The links to a file, newest first. */
export const linksOf = (world: World, file: string): Links => ({
  object: "list",
  data: Object.values(world.fileLinks)
    .filter((link) => link.file === file)
    .reverse(),
  has_more: false,
  url: `/v1/file_links?file=${file}`,
});

const checkEnd = (ctx: Context, end: number | "now" | null | undefined): void => {
  if (typeof end === "number" && end <= seconds(ctx))
    throw invalidRequest("The `expires_at` date must be in the future.", undefined, "expires_at");
};

/** A link with whether it still works, or Stripe's refusal. */
export const needFileLink = (world: World, ctx: Context, id: string): FileLink => {
  const link = need<FileLink>(world.fileLinks, "file link", id);
  return { ...link, expired: link.expires_at !== null && link.expires_at <= seconds(ctx) };
};

/** Makes an address at which anybody may read a file. */
export const createFileLink = (
  world: World,
  ctx: Context,
  fields: { file: string; expires_at?: number; metadata?: MetadataChange },
): FileLink => {
  need<StripeFile>(world.files, "file upload", fields.file, "file");
  checkEnd(ctx, fields.expires_at);
  const token = ctx.ids.secret(40);
  const link: FileLink = {
    id: ctx.ids.id("link"),
    object: "file_link",
    created: seconds(ctx),
    expired: false,
    expires_at: fields.expires_at ?? null,
    file: fields.file,
    livemode: false,
    metadata: mergeMetadata({}, fields.metadata),
    url: `${ctx.baseUrl}/links/${token}`,
  };
  world.fileLinks[link.id] = link;
  world.hidden.fileLinkTokens[token] = link.id;
  touch(world, link.id);
  return link;
};

/** Changes until when a link works. */
export const updateFileLink = (
  world: World,
  ctx: Context,
  id: string,
  fields: { expires_at?: number | "now" | null; metadata?: MetadataChange },
): FileLink => {
  const link = need<FileLink>(world.fileLinks, "file link", id);
  if (needFileLink(world, ctx, id).expired)
    throw invalidRequest("This file link has expired and can't be changed.", undefined, "expires_at");
  checkEnd(ctx, fields.expires_at);
  if (fields.expires_at !== undefined)
    link.expires_at = fields.expires_at === "now" ? seconds(ctx) : fields.expires_at;
  link.metadata = mergeMetadata(link.metadata, fields.metadata);
  return needFileLink(world, ctx, id);
};
