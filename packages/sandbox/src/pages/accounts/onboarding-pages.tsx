/** @jsxImportSource hono/jsx */

import { Hono } from "hono";
import { completeOnboarding, type OnboardingForm } from "../../engine/accounts/account-link.js";
import type { HiddenLink } from "../../engine/accounts/seller.js";
import { find } from "../../engine/world/find.js";
import type { Account } from "../../engine/world/wire.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { formCss } from "../kit/form-css.js";
import { messageCss } from "../kit/message-css.js";
import { MessagePage } from "../kit/message-page.js";
import { Page } from "../kit/page.js";
import { readForm } from "../kit/read-form.js";

type Found = { link: HiddenLink; account: Account };

const linkOf = ({ world }: SandboxRoom, token: string): Found | undefined => {
  const link = find(world.hidden.accountLinks, token);
  const account = find(world.accounts, link?.account);
  return link && account ? { link, account } : undefined;
};

/** `GET` and `POST /setup/:kind/:account/:token`: where a seller tells Stripe who they are. */
export function onboardingPages(room: SandboxRoom): Hono {
  const pages = new Hono();
  pages.get("/setup/:kind/:account/:token", (c) => {
    const found = linkOf(room, c.req.param("token"));
    if (!found) return c.html(<Nothing />, 404);
    const { link, account } = found;
    // A link works once; Stripe sends whoever comes too late to the address that makes another.
    if (link.opened || link.expires_at * 1000 <= room.now().getTime())
      return c.redirect(link.refresh_url, 303);
    room.mutate(() => {
      link.opened = true;
    });
    return c.html(<OnboardingPage account={account} path={c.req.path} errors={[]} values={{}} />);
  });
  pages.post("/setup/:kind/:account/:token", async (c) => {
    const found = linkOf(room, c.req.param("token"));
    if (!found) return c.html(<Nothing />, 404);
    const { link, account } = found;
    if (!link.opened || link.done) return c.redirect(link.refresh_url, 303);
    const form = await readForm(c);
    if (form.get("leave") !== null) return c.redirect(link.return_url, 303);
    const { errors, values, whole } = readTyped(form);
    if (!whole)
      return c.html(
        <OnboardingPage account={account} path={c.req.path} errors={errors} values={values} />,
        422,
      );
    room.mutate((world, ctx) => {
      link.done = true;
      completeOnboarding(world, ctx, account, whole);
    });
    return c.redirect(link.return_url, 303);
  });
  return pages;
}

type Field = keyof OnboardingForm;
type Values = Partial<Record<Field, string>>;

const labels = {
  name: "Business name",
  url: "Website",
  account_number: "Bank account number or IBAN",
} satisfies Partial<Record<Field, string>>;

const blank = { name: "", url: "https://shop.example.com", account_number: "000123456789" } satisfies Values;

function readTyped(form: FormData): { errors: string[]; values: Values; whole: OnboardingForm | null } {
  const read = (name: string): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim().slice(0, 200) : "";
  };
  const business_type = read("business_type") === "individual" ? "individual" : "company";
  const values = {
    business_type,
    name: read("name"),
    url: read("url"),
    account_number: read("account_number").replaceAll(/\s/g, ""),
  } as const;
  const errors = [
    ...(values.name === "" ? ["name"] : []),
    ...(URL.canParse(values.url) ? [] : ["url"]),
    ...(/^[A-Z0-9]{4,34}$/i.test(values.account_number) ? [] : ["account_number"]),
  ];
  return { errors, values, whole: errors.length > 0 ? null : { ...values } };
}

const Nothing = () => (
  <MessagePage title="This link does not exist" text="Ask the platform that sent you here for another one." />
);

type OnboardingProps = { account: Account; path: string; errors: readonly string[]; values: Values };

const OnboardingPage = ({ account, path, errors, values }: OnboardingProps) => (
  <Page title="Sell with this platform" css={messageCss + formCss}>
    <main class="message">
      <div class="card">
        <h1>Sell with this platform</h1>
        <p class="muted">What Stripe asks before it moves money to {account.email ?? account.id}.</p>
        <form method="post" action={path}>
          <div class="field">
            <label for="field-business_type">Business type</label>
            <select id="field-business_type" name="business_type">
              <option value="company" selected={values.business_type !== "individual"}>
                Company
              </option>
              <option value="individual" selected={values.business_type === "individual"}>
                Individual
              </option>
            </select>
          </div>
          {(["name", "url", "account_number"] as const).map((name) => (
            <TextField
              key={name}
              name={name}
              value={values[name] ?? blank[name]}
              wrong={errors.includes(name)}
            />
          ))}
          <div class="actions">
            <button type="submit" class="button primary">
              Agree and submit
            </button>
            <button type="submit" class="button" name="leave" value="yes">
              Return later
            </button>
          </div>
        </form>
      </div>
    </main>
  </Page>
);

type TextFieldProps = { name: keyof typeof labels; value: string; wrong: boolean };

const TextField = ({ name, value, wrong }: TextFieldProps) => (
  <div class="field">
    <label for={`field-${name}`}>{labels[name]}</label>
    <input
      id={`field-${name}`}
      type="text"
      name={name}
      value={value}
      {...(wrong ? { "aria-invalid": "true" as const, "aria-describedby": `error-${name}` } : {})}
    />
    {wrong ? (
      <p class="error" id={`error-${name}`} role="alert">
        Check this field.
      </p>
    ) : null}
  </div>
);
