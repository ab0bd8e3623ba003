/*
 * How such a form looks: what failed above it, the act below, and that it was kept beside the act.
 */
import type { ReactNode } from "react";
import { Act } from "./act";
import { FormNotice } from "./form-notice";
import { Failed } from "./states";
import { Status } from "./status";
import { words } from "../words";
import type { Form } from "./use-form";

interface FormFrameProps<F> {
  of: Form<F>;
  failed: string;
  act: string;
  kept?: string;
  /* Of what tells something about people; else the steward keeps the exchange's own books. */
  notice?: string;
  /* Another form on the page is what one comes for. */
  outline?: boolean;
  className?: string;
  children: ReactNode;
}

export function FormFrame<F>({ of: form, failed, act, kept, ...more }: FormFrameProps<F>) {
  const { children, notice, outline, className = "" } = more;
  return (
    <form onSubmit={form.submit} noValidate className={className}>
      {form.act.problem && <Failed problem={form.act.problem} what={failed} />}
      {children}
      {notice && <FormNotice says={notice} />}
      <div className="acts form-acts">
        <Act isSubmit outline={outline} isBusy={form.act.isBusy}>
          {act}
        </Act>
        <span role="status">
          {form.isSent && <Status kind="done">{kept ?? words.forms.kept}</Status>}
        </span>
      </div>
    </form>
  );
}
