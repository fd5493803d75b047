import { find } from "../world/find.js";
import type { Discount, Invoice } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Beside the world, which a preview leaves alone: the discounts of its last preview, for `expand` to show. */
const previewed = new WeakMap<World, Record<string, Discount>>();

const namedIn = (invoice: Invoice): string[] =>
  [
    ...invoice.discounts,
    ...invoice.lines.data.flatMap((line) => line.discounts),
    ...(invoice.total_discount_amounts ?? []).map((taken) => taken.discount),
  ] as string[];

/** Keeps the discounts that a preview made up, until the next preview. */
export const keepPreviewed = (world: World, scratch: World, invoice: Invoice): void => {
  const own = namedIn(invoice).flatMap((id) => {
    const discount = find(world.discounts, id) ? undefined : find(scratch.discounts, id);
    return discount ? [[id, structuredClone(discount)] as const] : [];
  });
  previewed.set(world, Object.fromEntries(own));
};

/** A discount that exists only in the last preview, or undefined. */
export const previewedDiscount = (world: World, id: string): Discount | undefined =>
  find(previewed.get(world) ?? {}, id);
