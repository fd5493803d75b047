import { missing } from "../engine/stripe-error.js";
import { ownRoute } from "./route.js";

/** `/v1/account` and `/v1/accounts/:id` */
export const accountRoutes = [
  ownRoute("GET", "/v1/account", {}, ({ world }) => world.account),
  ownRoute("GET", "/v1/accounts/:id", {}, ({ world, id }) => {
    if (id !== world.account.id) throw missing("account", id);
    return world.account;
  }),
];
