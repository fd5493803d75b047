/** Stripe's form encoding: `{ a: { b: [1] } }` → `a[b][0]=1`. Undefined values are left out. */
export function formEncode(params: Readonly<Record<string, unknown>>): URLSearchParams {
  const body = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) append(body, key, value);
  return body;
}

function append(body: URLSearchParams, key: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      append(body, `${key}[${index}]`, item);
    });
    return;
  }
  if (typeof value === "object") {
    for (const [name, inner] of Object.entries(value)) append(body, `${key}[${name}]`, inner);
    return;
  }
  body.append(key, String(value));
}
