/*
 * The end of a form (B27): why it asks, what follows where one says nothing, and who will read it.
 * The buttons below it are described by it, for a screen reader.
 */
import { useId, type ReactNode } from "react";

interface FormNoticeProps {
  says: string;
  /* The buttons, where they stand right below. */
  children?: ReactNode;
  /* Of the row of buttons. */
  className?: string;
}

export function FormNotice({ says, children, className = "" }: FormNoticeProps) {
  const id = useId();
  return (
    <>
      <p id={id} className="second form-notice">
        {says}
      </p>
      {children && (
        <div className={`acts ${className}`} role="group" aria-describedby={id}>
          {children}
        </div>
      )}
    </>
  );
}
