import { requirePeer } from "../../peers/load-peer.js";

interface StripeModule {
  readonly API_VERSION: string;
  new (secretKey: string, config?: object): { readonly webhooks: object };
}

/** The `stripe` that the peers want, which is older than ours. */
export const loadPeerStripe = (): StripeModule => requirePeer("stripe") as StripeModule;

/** The API version that it is made for. */
export const peerStripeVersion = (): string => {
  const client = new (loadPeerStripe())("sk_test_bench") as unknown as {
    getApiField(name: "version"): string;
  };
  return client.getApiField("version");
};
