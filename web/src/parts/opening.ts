/*
 * What a button opens in its own place. When it closes, the focus goes back to the button.
 */
import { useState } from "react";

export interface Opening {
  isOpen: boolean;
  open: () => void;
  close: () => void;
  /* Of the button: it stands here again. */
  takesFocus: boolean;
}

export function useOpening(): Opening {
  const [state, setState] = useState<"never" | "open" | "closed">("never");
  return {
    isOpen: state === "open",
    open: () => setState("open"),
    close: () => setState("closed"),
    takesFocus: state === "closed",
  };
}
