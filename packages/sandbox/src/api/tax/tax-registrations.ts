import {
  createTaxRegistration,
  needRegistration,
  registrationsOf,
  updateTaxRegistration,
} from "../../engine/tax/tax-registration.js";
import { seconds } from "../../engine/world/context.js";
import { pageOf } from "../answers/page-of.js";
import { route } from "../params/route.js";

const path = "/v1/tax/registrations";

/** `/v1/tax/registrations` */
export const taxRegistrationRoutes = [
  route(
    `POST ${path}`,
    ["active_from", "country", "country_options", "expires_at"],
    ({ world, ctx, params }) => createTaxRegistration(world, ctx, params),
  ),
  route(`GET ${path}/:id`, [], ({ world, ctx, id }) => needRegistration(world, ctx, id)),
  route(`POST ${path}/:id`, ["active_from", "expires_at"], ({ world, ctx, id, params }) =>
    updateTaxRegistration(world, ctx, id, params),
  ),
  route(`GET ${path}`, ["ending_before", "limit", "starting_after", "status"], ({ world, ctx, params }) => {
    const { status } = params;
    const rows = registrationsOf(world, seconds(ctx)).filter(
      (row) => status === undefined || status === "all" || row.status === status,
    );
    return pageOf(rows, params, path);
  }),
];
