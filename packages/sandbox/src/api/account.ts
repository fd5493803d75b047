import { missing } from "../engine/stripe-error.js";
import { route } from "./route.js";

/** `/v1/account` and `/v1/accounts/:id` */
export const accountRoutes = [
  route("GET", "/v1/account", {}, ({ world }) => world.account),
  route("GET", "/v1/accounts/:id", {}, ({ world, id }) => {
    if (id !== world.account.id) throw missing("account", id);
    return world.account;
  }),
];
