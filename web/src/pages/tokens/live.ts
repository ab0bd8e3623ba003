/*
 * Which tokens programs still get in by.
 */
import type { Token } from "../../api/types";

export function isLive({ is_revoked, expires }: Token, now = new Date()): boolean {
  return !is_revoked && (!expires || new Date(expires) > now);
}
