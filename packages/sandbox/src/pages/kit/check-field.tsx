/** @jsxImportSource hono/jsx */

type CheckFieldProps = { name: string; label: string; checked: boolean; error?: string | undefined };

/** A box with its sentence, and its error tied to it. */
export const CheckField = ({ name, label, checked, error }: CheckFieldProps) => (
  <div class="check">
    <input
      id={`field-${name}`}
      type="checkbox"
      name={name}
      value="yes"
      checked={checked}
      {...(error ? { "aria-invalid": "true" as const, "aria-describedby": `error-${name}` } : {})}
    />
    <label for={`field-${name}`}>{label}</label>
    {error ? (
      <p class="error" id={`error-${name}`} role="alert">
        {error}
      </p>
    ) : null}
  </div>
);
