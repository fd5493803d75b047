// A provider's own word and an id (`cs_test_a1…`, `txn_01h…`), or a UUID.
const checkoutId = /^(?:[a-z]{2,}_(?=.*\d)[\w-]+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

/**
 * The id of the checkout that a person comes back from: the `?checkout=<id>` that Tollgate adds to the return URL.
 * `null` when there is none, or when it is an app's own `?checkout=` of another shape (`true`, `step-2`).
 *
 * @example
 * readCheckoutReturn(new URL("https://app.example.com/account?checkout=cs_test_a1")); // "cs_test_a1"
 */
export function readCheckoutReturn(url: URL): string | null {
  const id = url.searchParams.get("checkout");
  return id !== null && checkoutId.test(id) ? id : null;
}
