/*
 * A button whose act takes a moment: while it is under way it says so and does not begin again.
 */
import { Button } from "@trussworks/react-uswds";
import { useState, type ReactNode } from "react";

interface ActProps {
  onAct?: () => Promise<void> | void;
  /* Of a form: what the form does when it is sent. */
  isSubmit?: boolean;
  isBusy?: boolean;
  outline?: boolean;
  unstyled?: boolean;
  /* Read aloud after the words, where the same words stand in several rows. */
  of?: string;
  className?: string;
  /* It stands here again, and what it had opened is gone. */
  takesFocus?: boolean;
  children: ReactNode;
}

export function Act({
  onAct,
  isSubmit,
  isBusy,
  of: thing,
  takesFocus,
  children,
  ...look
}: ActProps) {
  const [isRunning, setRunning] = useState(false);
  const begin = async () => {
    if (!onAct || isRunning || isBusy) return;
    setRunning(true);
    try {
      await onAct();
    } finally {
      setRunning(false);
    }
  };
  return (
    <Button
      {...look}
      type={isSubmit ? "submit" : "button"}
      autoFocus={takesFocus}
      aria-disabled={isRunning || isBusy || undefined}
      onClick={() => void begin()}
    >
      {children}
      {thing && <span className="read-only-aloud">, {thing}</span>}
    </Button>
  );
}
