import { type Context, seconds } from "../world/context.js";
import { find } from "../world/find.js";
import { invalidRequest, missing } from "../world/stripe-error.js";
import type { Account, AccountLink, BusinessProfile } from "../world/wire.js";
import type { World } from "../world/world.js";
import { changeAccount } from "./change-account.js";
import { isAskedByStripe } from "./refresh-account.js";
import { asked, sellerOf } from "./requirements.js";
import { addBank } from "./tell-account.js";

type NewLink = {
  account: string;
  refresh_url?: string;
  return_url?: string;
  type: "account_onboarding" | "account_update";
};

/** Recorded of Stripe: a link expires five minutes after it was made. */
const lifetime = 300;

const letters: Record<string, string> = { custom: "c", express: "e", standard: "s" };

const needUrl = (value: string | undefined, name: string): string => {
  if (value === undefined)
    throw invalidRequest(`Missing required param: ${name}.`, "parameter_missing", name);
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw invalidRequest("Not a valid URL", "url_invalid", name);
};

/** Makes a link to the form in which a seller tells what is asked of them. https://docs.stripe.com/api/account_links */
export const createAccountLink = (world: World, ctx: Context, given: NewLink): AccountLink => {
  const account = find(world.accounts, given.account);
  if (!account) throw missing("account", given.account, "account");
  if (given.type === "account_update" && isAskedByStripe(account))
    throw invalidRequest(
      "You can create Account Links of type account_update only for connected accounts where your platform is " +
        "responsible for collecting requirements, including Custom accounts.",
      undefined,
      "type",
    );
  const token = ctx.ids.secret(12);
  const expires_at = seconds(ctx) + lifetime;
  world.hidden.accountLinks[token] = {
    account: account.id,
    expires_at,
    refresh_url: needUrl(given.refresh_url, "refresh_url"),
    return_url: needUrl(given.return_url, "return_url"),
    opened: false,
    done: false,
  };
  const letter = letters[account.type ?? ""] ?? "e";
  return {
    object: "account_link",
    created: seconds(ctx),
    expires_at,
    url: `${ctx.baseUrl}/setup/${letter}/${account.id}/${token}`,
  };
};

export type OnboardingForm = {
  account_number: string;
  business_type: "company" | "individual";
  name: string;
  url: string;
};

/** What the seller typed is all that is asked of them. */
export const completeOnboarding = (
  world: World,
  ctx: Context,
  account: Account,
  form: OnboardingForm,
): void => {
  changeAccount(world, ctx, account, (draft) => {
    draft.business_type = form.business_type;
    draft.business_profile = {
      ...draft.business_profile,
      mcc: draft.business_profile?.mcc ?? "5734",
      name: form.name,
      url: form.url,
    } as BusinessProfile;
    draft.tos_acceptance = { ...draft.tos_acceptance, date: seconds(ctx) };
    addBank(ctx, draft, {
      account_number: form.account_number,
      country: String(draft.country),
      currency: String(draft.default_currency),
    });
    const seller = sellerOf(world, draft);
    if (seller) Object.assign(seller, { told: asked(draft), submitted: true });
  });
};
