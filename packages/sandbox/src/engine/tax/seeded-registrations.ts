import { seededIds } from "../world/ids.js";
import type { TaxRegistration } from "../world/wire.js";

/** Where Stripe Tax takes registrations. https://docs.stripe.com/api/tax/registrations/create */
export const taxCountries =
  `ae al am ao at au aw az ba bb bd be bf bg bh bj bs bw by ca cd ch ci cl cm co cr cv cy cz de dk ec ee eg es et
fi fr gb ge gh gn gr hr hu id ie in is it jp ke kg kh kr kz la lk lt lu lv ma md me mk mr mt mu mx my ng nl no np nz om
pe ph pl pt ro rs ru sa se sg si sk sn sr th tj tr tw tz ua ug us uy uz vn za zm zw`.split(/\s+/);

/** Where a one-stop shop counts for all. */
const union = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);

export const isUnion = (country: string): boolean => union.has(country);

/** The states of the USA that tax sales. */
const states =
  "AK AL AR AZ CA CO CT DC FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS NC ND NE NJ NM NV NY OH OK PA PR RI SC SD TN TX UT VA VT WA WI WV WY";

/** Where sellers from abroad are registered in a simplified way, and in no other. */
const simplified = new Set(
  `am az bj bw by ci cl cm co cr cv ec eg ge gh id in ke kg kh kr kz la lk ma md mu mx my ng np pe ph ru sa sn th tj tr tw
tz ua ug uz vn zm`.split(/\s+/),
);

const seeded = (country: string, state: string | null): TaxRegistration => {
  const type = simplified.has(country) ? "simplified" : "standard";
  const options = state === null ? { type } : { state, type: "state_sales_tax" };
  return {
    id: seededIds(`tax registration ${country} ${state}`).id("taxreg"),
    object: "tax.registration",
    active_from: 0,
    country: country.toUpperCase(),
    country_options: { [country]: options },
    created: 0,
    expires_at: null,
    livemode: false,
    status: "active",
  };
};

let rows: TaxRegistration[] | undefined;

/** A registration everywhere, as an account has here until it says otherwise. */
export const seededRegistrations = (): readonly TaxRegistration[] => {
  rows ??= taxCountries.flatMap((country) =>
    (country === "us" ? states.split(" ") : [null]).map((state) => seeded(country, state)),
  );
  return rows;
};
