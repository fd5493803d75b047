import { needTaxCode, taxCodes } from "../../engine/tax/tax-code.js";
import { pageOf, paging } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** `/v1/tax_codes` */
export const taxCodeRoutes = [
  route("GET /v1/tax_codes/:id", [], ({ id }) => needTaxCode(id)),
  route("GET /v1/tax_codes", [...paging], ({ params }) => pageOf(taxCodes(), params, "/v1/tax_codes")),
];
