import type { Context } from "hono";

/** A posted form; what is not a form at all reads as an empty one, and is refused as such. */
export async function readForm(c: Context): Promise<FormData> {
  try {
    return await c.req.formData();
  } catch {
    return new FormData();
  }
}
