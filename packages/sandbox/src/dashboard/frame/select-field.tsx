/** @jsxImportSource hono/jsx */

type SelectFieldProps = {
  name: string;
  label: string;
  /** What stands for no choice. */
  all: string;
  /** Each with its name. */
  options: ReadonlyArray<readonly [value: string, name: string]>;
  chosen: string;
  width?: "short" | "wide";
};

/** A choice of a list's filter, which takes effect at once where scripts run. */
export const SelectField = ({ name, label, all, options, chosen, width }: SelectFieldProps) => (
  <div class={width === undefined ? "field" : `field ${width}`}>
    <label for={name}>{label}</label>
    <select id={name} name={name} data-go>
      <option value="">{all}</option>
      {options.map(([value, title]) => (
        <option key={value} value={value} selected={value === chosen}>
          {title}
        </option>
      ))}
    </select>
  </div>
);
