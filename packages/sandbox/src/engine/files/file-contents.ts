import { find } from "../world/find.js";
import type { FileLink } from "../world/wire.js";
import type { World } from "../world/world.js";

/** The file behind a link's address, while it works; `now` is in seconds. */
export const fileBehind = (world: World, token: string, now: number): string | undefined => {
  const link = find<FileLink>(world.fileLinks, find(world.hidden.fileLinkTokens, token));
  const works = link && (link.expires_at === null || link.expires_at > now);
  return works ? (link.file as string) : undefined;
};

/**
 * A file as it was uploaded, or undefined. It is for saving and never for showing: whoever uploaded a page must not
 * have it run beside the dashboard.
 */
export const serveFile = (world: World, id: string | undefined): Response | undefined => {
  const contents = find(world.hidden.fileContents, id);
  if (!contents) return undefined;
  const bytes = Uint8Array.from(atob(contents.data), (letter) => letter.charCodeAt(0));
  return new Response(bytes, {
    headers: {
      "content-type": /^[\w.+-]+\/[\w.+-]+$/.test(contents.type) ? contents.type : "application/octet-stream",
      "content-disposition": "attachment",
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "no-cache, no-store",
    },
  });
};
