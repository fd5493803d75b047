/** @jsxImportSource hono/jsx */

type SelectFieldProps = {
  name: string;
  label: string;
  options: ReadonlyArray<readonly [value: string, label: string]>;
  value: string | undefined;
  error: string | undefined;
  /** What it shows while nothing is chosen. */
  blank: string;
  autocomplete?: string;
};

/** A label, its select, and its error tied to it. */
export const SelectField = ({
  name,
  label,
  options,
  value,
  error,
  blank,
  autocomplete,
}: SelectFieldProps) => (
  <div class="field">
    <label for={`field-${name}`}>{label}</label>
    <select
      id={`field-${name}`}
      name={name}
      {...(autocomplete ? { autocomplete } : {})}
      {...(error ? { "aria-invalid": "true" as const, "aria-describedby": `error-${name}` } : {})}
    >
      <option value="" selected={!value}>
        {blank}
      </option>
      {options.map(([code, text]) => (
        <option key={code} value={code} selected={code === value}>
          {text}
        </option>
      ))}
    </select>
    {error ? (
      <p class="error" id={`error-${name}`} role="alert">
        {error}
      </p>
    ) : null}
  </div>
);
