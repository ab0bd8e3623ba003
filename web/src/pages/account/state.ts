/*
 * What is most in need of its owner, of an account.
 */
import type { Account } from "../../api/types";

export type AccountState = "linkMade" | "contactWaits" | "onePassword" | "noCodes" | "inOrder";

export function stateOf(account: Account): AccountState {
  if (account.links.length > 0) return "linkMade";
  if (account.waiting) return "contactWaits";
  if (account.authenticators.length === 0) return "onePassword";
  return account.recovery_codes === 0 ? "noCodes" : "inOrder";
}
