/*
 * A section: its heading over a rule, and at the rule's other end a count or one link.
 */
import { useId, type ReactNode } from "react";

interface SectionProps {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}

export function Section({ title, aside, children, className = "" }: SectionProps) {
  const id = useId();
  return (
    <section className={`section ${className}`} aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {aside && <div className="second">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
