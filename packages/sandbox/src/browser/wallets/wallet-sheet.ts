import { testCards } from "../cards/offered-test-cards.js";
import { createNode } from "../dom/create-node.js";
import { formatAmount } from "../dom/format-amount.js";
import { openSheet } from "../dom/open-sheet.js";
import type { Language } from "../words/words-for.js";
import type { LineItem, SheetOptions, ShippingRate } from "./express-options.js";
import { type WalletAddress, walletAddresses } from "./wallet-people.js";

/** What the wallet's owner settled on. */
export interface WalletApproval {
  readonly cardNumber: string;
  readonly shipping: WalletAddress | undefined;
  readonly rate: ShippingRate | undefined;
}

/** What a page may answer to a change in the sheet. */
export interface SheetChange {
  readonly lineItems?: readonly LineItem[];
  readonly shippingRates?: readonly ShippingRate[];
}

export interface WalletSheetSetup {
  readonly wallet: string;
  readonly options: SheetOptions;
  readonly language: Language;
  readonly currency: string;
  /** The amount without line items, in the currency's minor unit. */
  readonly amount: () => number;
  /** Resolve to the page's answer, or to "rejected". */
  readonly onAddress: (address: WalletAddress) => Promise<SheetChange | "rejected">;
  readonly onRate: (rate: ShippingRate) => Promise<SheetChange | "rejected">;
  readonly onApprove: (approval: WalletApproval) => void;
  readonly onCancel: () => void;
}

export interface WalletSheet {
  /** The payment went through, or the page moved on: the sheet is done. */
  close(): void;
  /** Lets the owner try again, with what went wrong. */
  fail(message: string | undefined): void;
}

/** Plays the wallet: a dialog that asks for a card, an address and a way of delivery, as the page wants them. */
export function openWalletSheet(setup: WalletSheetSetup): WalletSheet {
  const { language, onCancel, wallet } = setup;
  const { words } = language;
  const error = createNode("p", { class: "Error", role: "alert" });
  const pay = createNode("button", { type: "button", class: "Button Button--primary" });
  const cancel = createNode("button", { type: "button", class: "Button" }, words.wallet.cancel);
  const form = createSheetForm(setup, {
    say: (message) => {
      error.textContent = message;
    },
    onTotal: (total) => {
      pay.textContent = `${words.wallet.pay} ${total}`;
    },
  });
  const sheet = openSheet({
    name: "wallet",
    mark: words.sandbox,
    title: wallet,
    text: words.wallet.text(wallet),
    body: [form.node, error],
    actions: [pay, cancel],
    onCancel: () => {
      sheet.close();
      onCancel();
    },
  });
  cancel.addEventListener("click", () => {
    sheet.close();
    onCancel();
  });
  pay.addEventListener("click", () => {
    pay.disabled = true;
    pay.textContent = words.wallet.processing;
    error.textContent = "";
    setup.onApprove(form.read());
  });
  return {
    close: sheet.close,
    fail(message) {
      pay.disabled = false;
      form.retell();
      error.textContent = message ?? "";
    },
  };
}

interface SheetFormHooks {
  readonly say: (message: string) => void;
  readonly onTotal: (total: string) => void;
}

function createSheetForm(setup: WalletSheetSetup, hooks: SheetFormHooks) {
  const { currency, language, options } = setup;
  const { tag, words } = language;
  const money = (amount: number): string => formatAmount(amount, currency, tag);
  const addresses = walletAddresses(options.allowedShippingCountries);
  let rates = options.shippingRates ?? [];
  let items = options.lineItems;
  const card = createSelect(
    testCards.map(({ word, number }) => `${words.outcome[word]} ···· ${number.slice(-4)}`),
  );
  const address = createSelect(addresses.map(({ address: { line1, city } }) => `${line1}, ${city}`));
  const rate = createSelect([]);
  const rateRow = row(words.wallet.shipping, rate);

  function drawRates(): void {
    const texts = rates.map(({ displayName, amount }) => `${displayName} · ${money(amount)}`);
    rate.replaceChildren(...texts.map((text) => createNode("option", {}, text)));
    rateRow.hidden = rates.length === 0;
    retell();
  }
  function retell(): void {
    const sum = items?.reduce((total, { amount }) => total + amount, 0);
    hooks.onTotal(money(sum ?? setup.amount()));
  }
  async function ask(answer: Promise<SheetChange | "rejected">): Promise<void> {
    hooks.say("");
    const change = await answer;
    if (change === "rejected") {
      hooks.say(words.wallet.unserviceable);
      return;
    }
    items = change.lineItems ?? items;
    if (change.shippingRates) {
      rates = change.shippingRates;
      drawRates();
    } else retell();
  }
  const addressNow = (): WalletAddress | undefined =>
    options.shippingAddressRequired ? addresses[address.selectedIndex] : undefined;
  const tellAddress = (): void => {
    const now = addressNow();
    if (now) void ask(setup.onAddress(now));
  };
  address.addEventListener("change", tellAddress);
  rate.addEventListener("change", () => {
    const chosen = rates[rate.selectedIndex];
    if (chosen) void ask(setup.onRate(chosen));
  });
  drawRates();
  tellAddress();

  const rows = [row(words.method.card, card), row(words.field.shippingAddress, address), rateRow];
  if (rows[1]) rows[1].hidden = !options.shippingAddressRequired;
  return {
    node: createNode("div", { class: "Rows" }, ...rows),
    retell,
    read: (): WalletApproval => ({
      cardNumber: testCards[card.selectedIndex]?.number ?? "4242424242424242",
      shipping: addressNow(),
      rate: rates[rate.selectedIndex],
    }),
  };
}

function createSelect(texts: readonly string[]): HTMLSelectElement {
  return createNode("select", {}, ...texts.map((text) => createNode("option", {}, text)));
}

function row(label: string, control: HTMLElement): HTMLElement {
  return createNode("label", { class: "Choice" }, createNode("span", {}, label), control);
}
