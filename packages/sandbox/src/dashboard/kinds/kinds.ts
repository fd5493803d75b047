import { billingKinds } from "./billing-kinds.js";
import { catalogKinds } from "./catalog-kinds.js";
import { customerKinds } from "./customer-kinds.js";
import type { Kind } from "./kind.js";
import { otherGroups } from "./other-kinds.js";
import { paymentKinds } from "./payment-kinds.js";

/** The kinds as the overview groups them, those that people look for most first. */
export const groups: ReadonlyArray<{ title: string; kinds: readonly Kind[] }> = [
  { title: "Customers", kinds: customerKinds },
  { title: "Billing", kinds: billingKinds },
  { title: "Payments", kinds: paymentKinds },
  { title: "Catalogue", kinds: catalogKinds },
  ...otherGroups,
];

/** Every kind of object that has pages. */
export const kinds: readonly Kind[] = groups.flatMap((group) => group.kinds);
