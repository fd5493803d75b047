import { createCardToken, needToken } from "../../engine/methods/card-token.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { hash, integer, text } from "../params/fields.js";
import { route } from "../params/route.js";

const card = hash({ cvc: text(), exp_month: integer(), exp_year: integer(), name: text(), number: text() });

type Typed = { cvc?: string; exp_month?: number; exp_year?: number; name?: string; number?: string };

/** `/v1/tokens`: a card on its way to become a source. */
export const tokenRoutes = [
  route(
    "POST /v1/tokens",
    ["card.cvc", "card.exp_month", "card.exp_year", "card.name", "card.number"],
    ({ world, ctx, params }) => {
      const { cvc, exp_month, exp_year, name, number }: Typed = (params as { card?: Typed }).card ?? {};
      if (number === undefined || exp_month === undefined || exp_year === undefined)
        throw invalidRequest("Missing required param: card.", "parameter_missing", "card");
      const typed = { number, exp_month, exp_year, ...(cvc === undefined ? {} : { cvc }) };
      return createCardToken(world, ctx, { card: typed, name: name || null });
    },
    { publishable: true, extra: { card } },
  ),
  route("GET /v1/tokens/:id", [], ({ world, id }) => needToken(world, id), { publishable: false }),
];
