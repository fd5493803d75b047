import { find } from "../../engine/world/find.js";
import type { Subscription } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { toInterval } from "../format/format-money.js";
import type { Language } from "../words/messages-for.js";

/** The change of plan that waits for the period's end, in words; undefined if there is none. */
export function describeChange(
  world: World,
  subscription: Subscription,
  { text, money, day }: Language,
): string | undefined {
  const schedule = find(world.subscriptionSchedules, subscription.schedule as string | null);
  const start = schedule?.current_phase?.end_date;
  const next = schedule?.phases.find((phase) => phase.start_date === start);
  const item = next?.items[0];
  const price = find(world.prices, item?.price as string | undefined);
  if (!next || !item || !price) return undefined;
  const { quantity = 1 } = item;
  const { portal } = text;
  const name = find(world.products, price.product as string)?.name ?? portal.change.another;
  const per = text.interval(toInterval(price.recurring?.interval), price.recurring?.interval_count ?? 1);
  const amount = money((price.unit_amount ?? 0) * quantity, price.currency);
  const named = quantity === 1 ? name : `${quantity} × ${name}`;
  return portal.next.changes(named, amount, per, day(next.start_date));
}
