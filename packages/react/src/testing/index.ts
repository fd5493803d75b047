export { type AccessForOptions, accessFor } from "./access-for.js";
export {
  createTestFetch,
  type TestFailure,
  type TestFetch,
  type TestFetchOptions,
} from "./create-test-fetch.js";
export { subscriptionFor } from "./subscription-for.js";
export type { TestRequest, TestRoute } from "./test-request.js";
