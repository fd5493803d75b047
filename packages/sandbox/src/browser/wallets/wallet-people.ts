/** Where a wallet's owner lives: addresses that stand for those that a real wallet would know. */
export interface WalletAddress {
  readonly name: string;
  readonly address: {
    readonly line1: string;
    readonly line2: string | null;
    readonly city: string;
    readonly state: string;
    readonly postal_code: string;
    readonly country: string;
  };
}

export const walletEmail = "wallet@example.com";
export const walletPhone = "+14155550100";

const addresses: readonly WalletAddress[] = [
  {
    name: "Test Customer",
    address: {
      line1: "510 Townsend St",
      line2: null,
      city: "San Francisco",
      state: "CA",
      postal_code: "94103",
      country: "US",
    },
  },
  {
    name: "Test Customer",
    address: {
      line1: "Unter den Linden 1",
      line2: null,
      city: "Berlin",
      state: "",
      postal_code: "10117",
      country: "DE",
    },
  },
];

/** The owner's addresses in the countries that the page delivers to. */
export function walletAddresses(allowed: readonly string[] | undefined): readonly WalletAddress[] {
  const there = addresses.filter(({ address }) => !allowed || allowed.includes(address.country));
  if (there.length > 0 || !addresses[0]) return there;
  return [{ ...addresses[0], address: { ...addresses[0].address, country: allowed?.[0] ?? "US" } }];
}
