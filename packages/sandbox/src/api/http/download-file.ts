import { serveFile } from "../../engine/files/file-contents.js";
import { needFile } from "../../engine/files/upload-file.js";
import { type AdmitOptions, admit } from "./admit.js";
import { checkClient } from "./client-view.js";
import { routes } from "./routes.js";

const shown = routes.find(({ method, path }) => method === "GET" && path === "/v1/files/:id");

/** `GET /v1/files/:id/contents`, which no method of the SDK calls. https://docs.stripe.com/file-upload#download-file-contents */
export const downloadFile = (api: AdmitOptions, request: Request, id: string): Response | undefined => {
  if (!shown) return undefined;
  const { room, key } = admit(api, shown, request, {});
  if (key === "publishable") checkClient(room.world, { publishable: false, id, clientSecret: undefined });
  return serveFile(room.world, needFile(room.world, id).id);
};
