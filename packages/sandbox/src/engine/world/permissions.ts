export type Permission = "none" | "read" | "write";

/** A key that may do only some things. */
export type RestrictedKey = {
  id: string;
  object: "sandbox.restricted_key";
  created: number;
  /** Seconds since 1970; null never. */
  expires_at: number | null;
  /** Begins with `rk_test_`. */
  key: string;
  name: string | null;
  /** By resource, such as `customers` or `checkout_sessions`; `*` stands for the rest. Missing ones are `none`. */
  permissions: Record<string, Permission>;
};
