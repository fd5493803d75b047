import type { SeatsWish } from "@tollgate/server";
import { findPerson } from "./people";

declare global {
  var harborInvitations: Map<string, readonly string[]> | undefined;
}

/** Who was invited to a customer's workspace. A real app has a table of its own here; the demo forgets when it ends. */
function invitations(): Map<string, readonly string[]> {
  globalThis.harborInvitations ??= new Map();
  return globalThis.harborInvitations;
}

export function invitedBy(customerId: string): readonly string[] {
  return invitations().get(customerId) ?? [];
}

export function addInvitations(customerId: string, emails: readonly string[]): void {
  invitations().set(customerId, [...new Set([...invitedBy(customerId), ...emails])]);
}

export function removeInvitations(customerId: string, emails: readonly string[]): void {
  invitations().set(
    customerId,
    invitedBy(customerId).filter((one) => !emails.includes(one)),
  );
}

/** Who takes a seat, as billing is told it: the owner, and everybody who was invited. */
export function seatsOf(customerId: string, invited = invitedBy(customerId)): SeatsWish {
  return { customerId, members: [findPerson(customerId).email], invited };
}
