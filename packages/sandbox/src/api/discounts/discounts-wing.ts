import type { Route } from "../params/route.js";
import { couponRoutes } from "./coupons.js";
import { discountRoutes } from "./discounts.js";
import { promotionCodeRoutes } from "./promotion-codes.js";

export const discountsWing: Route[] = [...couponRoutes, ...discountRoutes, ...promotionCodeRoutes];
