import { createCoupon, deleteCoupon, updateCoupon } from "../../engine/discounts/coupon.js";
import { couponAt } from "../../engine/discounts/redeem.js";
import { needAt } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { deleted } from "../answers/lookup.js";
import { pageOf, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** `/v1/coupons` */
export const couponRoutes = [
  route(
    "POST /v1/coupons",
    [
      "amount_off",
      "applies_to",
      "currency",
      "currency_options",
      "duration",
      "duration_in_months",
      "id",
      "max_redemptions",
      "metadata",
      "name",
      "percent_off",
      "redeem_by",
    ],
    ({ world, ctx, params }) => createCoupon(world, ctx, params),
  ),
  route("GET /v1/coupons/:id", [], ({ world, ctx, id }) =>
    couponAt(ctx, needAt(world.coupons, "coupon", id, "coupon")),
  ),
  route("POST /v1/coupons/:id", ["currency_options", "metadata", "name"], ({ world, ctx, id, params }) =>
    couponAt(ctx, updateCoupon(world, ctx, id, params)),
  ),
  route("DELETE /v1/coupons/:id", [], ({ world, ctx, id }) => {
    deleteCoupon(world, ctx, id);
    return deleted("coupon", id);
  }),
  route(
    "GET /v1/coupons",
    ["created", "ending_before", "limit", "starting_after"],
    ({ world, ctx, params }) => {
      const rows = newestFirst(world.coupons).filter((coupon) => within(coupon.created, params.created));
      return pageOf(
        rows.map((coupon) => couponAt(ctx, coupon)),
        params,
        "/v1/coupons",
      );
    },
  ),
];
