export { type AccessForOptions, accessFor } from "./access-for.js";
export type { TestRoute } from "./answer-route.js";
export {
  createTestFetch,
  type TestFailure,
  type TestFetch,
  type TestFetchOptions,
  type TestRequest,
} from "./create-test-fetch.js";
export { subscriptionFor } from "./subscription-for.js";
