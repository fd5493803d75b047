/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { Settings } from "../../engine/world/settings.js";
import type { Note } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { Frame } from "../frame/frame.js";
import { Part } from "../frame/parts.js";

type FieldProps = { name: string; label: string; hint: string; children: Child };

const Field = ({ name, label, hint, children }: FieldProps) => (
  <div class="field">
    <label for={name}>{label}</label>
    {children}
    <span class="hint" id={`${name}-hint`}>
      {hint}
    </span>
  </div>
);

type NumberProps = { name: string; label: string; hint: string; value: number | null; required?: boolean };

const NumberField = ({ name, label, hint, value, required = true }: NumberProps) => (
  <Field name={name} label={label} hint={hint}>
    <input
      id={name}
      name={name}
      type="number"
      min="0"
      step="any"
      value={value ?? ""}
      required={required}
      aria-describedby={`${name}-hint`}
    />
  </Field>
);

/** How this account bills: what Stripe keeps in its dashboard's settings. */
export const SettingsView = ({ desk, note }: { desk: Desk; note: Note | undefined }) => {
  const { settings } = desk.room.world;
  return (
    <Frame desk={desk} title="Settings" at="/settings" note={note}>
      <header>
        <h1>Settings</h1>
        <p class="muted">
          How this account bills: what Stripe keeps in its own dashboard, where the API does not reach.
        </p>
      </header>
      <form class="settings" method="post" action={`${desk.base}/settings`}>
        <Dunning settings={settings} />
        <Part title="Invoices">
          <div class="panel">
            <NumberField
              name="draft"
              label="A renewal stays a draft for (minutes)"
              hint="With Stripe it is 60"
              value={settings.draftSeconds / 60}
            />
            <NumberField
              name="upcoming"
              label="Announced before a renewal (days)"
              hint="invoice.upcoming; 0 announces none"
              value={settings.upcomingDays}
            />
            <NumberField
              name="before"
              label="Reminder before the due date (days)"
              hint="invoice.will_be_due; empty sends none"
              value={settings.dueReminders.daysBefore}
              required={false}
            />
            <NumberField
              name="after"
              label="Reminder after the due date (days)"
              hint="invoice.overdue; empty sends none"
              value={settings.dueReminders.daysAfter}
              required={false}
            />
          </div>
        </Part>
        <Part title="Taxes and cards">
          <div class="panel">
            <NumberField
              name="tax"
              label="Automatic tax (percent)"
              hint="What automatic_tax adds to everything"
              value={settings.automaticTaxPercent}
            />
            <label class="check">
              <input type="checkbox" name="taxReady" checked={settings.taxReady} /> Stripe Tax is set up and
              registered everywhere; a new account is neither
            </label>
            <label class="check">
              <input type="checkbox" name="termsPage" checked={settings.termsPage} /> The terms of service
              have a page, so that a checkout may ask to accept them
            </label>
            <label class="check">
              <input type="checkbox" name="managesPayments" checked={settings.managesPayments} /> Checkouts
              are Managed Payments unless a request says otherwise
            </label>
            <label class="check">
              <input type="checkbox" name="updates" checked={settings.updatesCards} /> Issuers send the new
              dates of expired cards
            </label>
            <label class="check">
              <input type="checkbox" name="raw" checked={settings.rawCardData} /> Card numbers may be sent
              with the secret key (raw card data APIs)
            </label>
          </div>
        </Part>
        <Part title="Customer portal">
          <div class="panel">
            <label class="check">
              <input type="checkbox" name="portal" checked={settings.portalSaved} /> Its settings are saved,
              so that sessions open without naming a configuration
            </label>
          </div>
        </Part>
        <div class="buttons">
          <button type="submit" class="button primary">
            Save
          </button>
        </div>
      </form>
    </Frame>
  );
};

const endings = {
  cancel: "The subscription is cancelled",
  unpaid: "The subscription is unpaid",
  past_due: "The subscription stays past due",
} satisfies Record<Settings["dunning"]["finally"], string>;

const Dunning = ({ settings: { dunning } }: { settings: Settings }) => (
  <Part title="Failed payments">
    <div class="panel">
      <Field
        name="retries"
        label="Retries, each so many days after the last attempt"
        hint="Such as 3, 5, 7; empty tries no more"
      >
        <input
          id="retries"
          name="retries"
          value={dunning.retryAfterDays.join(", ")}
          aria-describedby="retries-hint"
        />
      </Field>
      <Field name="finally" label="When the last retry failed" hint="What becomes of the subscription">
        <select id="finally" name="finally" aria-describedby="finally-hint">
          {Object.entries(endings).map(([value, words]) => (
            <option key={value} value={value} selected={value === dunning.finally}>
              {words}
            </option>
          ))}
        </select>
      </Field>
    </div>
  </Part>
);
