export { type UseCredits, useCredits } from "./use-credits.js";
