export { BuyButton, type BuyButtonProps } from "./buy-button.js";
export type { BuyButtonMessages } from "./buy-button-messages.js";
export type { BuyRefusal } from "./buy-refusal.js";
