/** Every route that a browser posts to, with a body that it accepts. */
export const postRoutes = [
  { path: "/checkout", body: { planId: "starter", interval: "month" } },
  { path: "/checkout", body: { productId: "credits" } },
  { path: "/portal", body: {} },
] as const;

/** Every route that a browser gets, but for the id of a checkout. */
export const getRoutes = ["/plans", "/access", "/checkout/cs_test_1"] as const;
