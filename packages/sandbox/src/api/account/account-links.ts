import { createAccountLink } from "../../engine/accounts/account-link.js";
import { route } from "../params/route.js";

/** `/v1/account_links` */
export const accountLinkRoutes = [
  route(
    "POST /v1/account_links",
    ["account", "refresh_url", "return_url", "type"],
    ({ world, ctx, params }) => createAccountLink(world, ctx, params),
  ),
];
