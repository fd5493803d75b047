/** Why this person has no portal: nobody is signed in, may not manage billing, or never bought anything. */
export type PortalRefusal = "signed_out" | "not_manager" | "not_a_customer";
