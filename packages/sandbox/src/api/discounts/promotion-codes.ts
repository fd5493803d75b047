import { createPromotionCode, updatePromotionCode } from "../../engine/discounts/promotion-code.js";
import { promotionCodeAt } from "../../engine/discounts/redeem.js";
import { needAt } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

const path = "/v1/promotion_codes";

/** `/v1/promotion_codes` */
export const promotionCodeRoutes = [
  route(
    `POST ${path}`,
    ["active", "code", "customer", "expires_at", "max_redemptions", "metadata", "promotion", "restrictions"],
    ({ world, ctx, params }) => createPromotionCode(world, ctx, params),
  ),
  route(`GET ${path}/:id`, [], ({ world, ctx, id }) =>
    promotionCodeAt(world, ctx, needAt(world.promotionCodes, "promotion code", id, "promotion_code")),
  ),
  route(`POST ${path}/:id`, ["active", "metadata", "restrictions"], ({ world, ctx, id, params }) =>
    promotionCodeAt(world, ctx, updatePromotionCode(world, ctx, id, params)),
  ),
  route(
    `GET ${path}`,
    ["active", "code", "coupon", "created", "customer", "ending_before", "limit", "starting_after"],
    ({ world, ctx, params }) => {
      const rows = newestFirst(world.promotionCodes)
        .map((row) => promotionCodeAt(world, ctx, row))
        .filter(
          (row) =>
            (params.active === undefined || row.active === params.active) &&
            (params.code === undefined || row.code.toUpperCase() === params.code.toUpperCase()) &&
            (params.coupon === undefined || row.promotion.coupon === params.coupon) &&
            (params.customer === undefined || row.customer === params.customer) &&
            within(row.created, params.created),
        );
      return pageOf(rows, params, path);
    },
  ),
];
