import { billingKinds } from "./billing-kinds.js";
import { catalogKinds } from "./catalog-kinds.js";
import { customerKinds } from "./customer-kinds.js";
import type { Kind } from "./kind.js";
import { otherKinds } from "./other-kinds.js";
import { paymentKinds } from "./payment-kinds.js";

/** Every kind of object that has pages, those that people look for most first. */
export const kinds: readonly Kind[] = [
  ...customerKinds,
  ...billingKinds,
  ...paymentKinds,
  ...catalogKinds,
  ...otherKinds,
];

/** The kinds as the overview groups them. */
export const groups: ReadonlyArray<{ title: string; kinds: readonly Kind[] }> = [
  { title: "Customers", kinds: customerKinds },
  { title: "Billing", kinds: billingKinds },
  { title: "Payments", kinds: paymentKinds },
  { title: "Catalogue", kinds: catalogKinds },
  { title: "Everything else", kinds: otherKinds },
];
