import { type Context, seconds } from "../world/context.js";
import { need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import { touch } from "../world/touch.js";
import type { StripeFile } from "../world/wire.js";
import type { World } from "../world/world.js";
import { linksOf } from "./file-link.js";

/** What a form carried: the file's bytes as base64. */
export type Uploaded = { data: string; name: string; type: string };

/** Which kinds of files are taken for a purpose, and how large; others are taken as they are. https://docs.stripe.com/file-upload */
const rules: Record<string, { types: readonly string[]; most: number }> = {
  business_icon: { types: ["jpg", "png", "gif"], most: 524_288 },
  business_logo: { types: ["jpg", "png", "gif"], most: 524_288 },
  customer_signature: { types: ["jpg", "png", "gif"], most: 4_194_304 },
  dispute_evidence: { types: ["jpg", "png", "pdf"], most: 5_242_880 },
};

/** By the first bytes, whatever the name says. */
const beginnings: ReadonlyArray<readonly [type: string, beginning: string]> = [
  ["pdf", "JVBERi"],
  ["png", "iVBORw0KGgo"],
  ["jpg", "/9j/"],
  ["gif", "R0lGOD"],
];

const typeOf = ({ data, name }: Uploaded): string | null => {
  const found = beginnings.find(([, beginning]) => data.startsWith(beginning))?.[0];
  return found ?? /\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? null;
};

const sizeOf = ({ data }: Uploaded): number => (data.length / 4) * 3 - (/=*$/.exec(data)?.[0].length ?? 0);

const check = (purpose: string, type: string | null, size: number): void => {
  if (size === 0) throw invalidRequest("The file is empty.", undefined, "file");
  const rule = rules[purpose];
  if (!rule) return;
  if (!rule.types.includes(type ?? ""))
    throw invalidRequest(
      `Invalid file type: files for \`${purpose}\` may be of type ${rule.types.join(", ")}.`,
      undefined,
      "file",
    );
  if (size > rule.most)
    throw invalidRequest(
      `The file is too large: files for \`${purpose}\` may have up to ${rule.most} bytes.`,
      undefined,
      "file",
    );
};

/** Keeps a file. https://docs.stripe.com/api/files/create */
export const uploadFile = (
  world: World,
  ctx: Context,
  { file: given, purpose }: { file: Uploaded; purpose: StripeFile["purpose"] },
): StripeFile => {
  const [type, size] = [typeOf(given), sizeOf(given)];
  check(purpose, type, size);
  const id = ctx.ids.id("file");
  const file: StripeFile = {
    id,
    object: "file",
    created: seconds(ctx),
    expires_at: null,
    filename: given.name,
    links: linksOf(world, id),
    purpose,
    size,
    title: null,
    type,
    url: `${ctx.baseUrl}/v1/files/${id}/contents`,
  };
  world.files[id] = file;
  world.hidden.fileContents[id] = { data: given.data, type: given.type };
  touch(world, id);
  return file;
};

/** A file with its links, or Stripe's refusal. */
export const needFile = (world: World, id: string, param = "id"): StripeFile => {
  const file = need<StripeFile>(world.files, "file upload", id, param);
  return { ...file, links: linksOf(world, id) };
};
