export { type CreditsClient, createCreditsClient } from "./credits-client.js";
export { type UseCredits, useCredits } from "./use-credits.js";
