import { taxSettings, updateTaxSettings } from "../../engine/tax/tax-settings.js";
import { route } from "../params/route.js";

/** `/v1/tax/settings` */
export const taxSettingsRoutes = [
  route("GET /v1/tax/settings", [], ({ world }) => taxSettings(world)),
  route("POST /v1/tax/settings", ["defaults", "head_office"], ({ world, ctx, params }) =>
    updateTaxSettings(world, ctx, params),
  ),
];
