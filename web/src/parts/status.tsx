/*
 * A status in words, with a shape of its own: a check mark for what is done, an open ring for what
 * waits, a clock for what is due or late. The words alone say it too.
 */
import { Icon } from "@trussworks/react-uswds";
import type { ReactNode } from "react";

export type StatusKind = "done" | "open" | "late" | "none";

interface StatusProps {
  kind: StatusKind;
  children: ReactNode;
}

export function Status({ kind, children }: StatusProps) {
  return (
    <span className={`status status-${kind}`}>
      {kind === "done" && <Icon.Check aria-hidden />}
      {kind === "late" && <Icon.Schedule aria-hidden />}
      {kind === "open" && <Ring />}
      <span>{children}</span>
    </span>
  );
}

function Ring() {
  return (
    <svg viewBox="0 0 24 24" className="usa-icon" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
