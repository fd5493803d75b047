import { invalidRequest } from "../../engine/world/stripe-error.js";

/** So many bytes at once: more are more arguments than a function may have. */
const chunk = 32_768;

const base64 = (bytes: Uint8Array): string => {
  let binary = "";
  for (let at = 0; at < bytes.length; at += chunk)
    binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(binary);
};

/** The one endpoint that takes forms with files. https://docs.stripe.com/file-upload */
export const takesUpload = (request: Request): boolean =>
  request.method === "POST" &&
  new URL(request.url).pathname === "/v1/files" &&
  /^multipart\/form-data\b/i.test(request.headers.get("content-type") ?? "");

type Upload = { fields: string; files: Record<string, { data: string; name: string; type: string }> };

/** A form's fields as a query would carry them, and its files with their bytes as base64. */
export const readUpload = async (request: Request): Promise<Upload> => {
  const fields = new URLSearchParams();
  const files: Upload["files"] = {};
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    throw invalidRequest("Invalid request: the body is not valid multipart/form-data.");
  }
  for (const [name, value] of form.entries()) {
    if (typeof value === "string") fields.append(name, value);
    else
      files[name] = {
        data: base64(new Uint8Array(await value.arrayBuffer())),
        name: value.name,
        type: value.type || "application/octet-stream",
      };
  }
  return { fields: fields.toString(), files };
};

/** What the request log keeps of an upload: everything but the bytes. */
export const withoutBytes = (given: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null && "data" in value
        ? { ...value, data: "(not kept)" }
        : value,
    ]),
  );
