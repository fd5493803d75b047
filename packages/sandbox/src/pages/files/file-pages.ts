import { Hono } from "hono";
import { fileBehind, serveFile } from "../../engine/files/file-contents.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { showMissing } from "../kit/show-missing.js";

/** `/links/:token`: where a file link's `url` leads, until it expires. */
export const filePages = (room: SandboxRoom): Hono => {
  const pages = new Hono();
  pages.get("/links/:token", (c) => {
    const now = Math.floor(room.now().getTime() / 1000);
    return serveFile(room.world, fileBehind(room.world, c.req.param("token"), now)) ?? showMissing(c);
  });
  return pages;
};
