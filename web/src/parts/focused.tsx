/*
 * What a press of a button has put on the page, or in its place: it takes the focus.
 */
import { useEffect, useRef, type ReactNode } from "react";

interface FocusedProps {
  /* It stood there from the beginning. */
  isQuiet?: boolean;
  className?: string;
  children: ReactNode;
}

export function Focused({ isQuiet, className, children }: FocusedProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isQuiet) box.current?.focus();
  }, [isQuiet]);
  return (
    <div ref={box} tabIndex={-1} className={className}>
      {children}
    </div>
  );
}
