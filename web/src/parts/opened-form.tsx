/*
 * A form that a button has opened in its place: what failed, a heading where it has one, its
 * questions, and at its end what is kept, the act, and the way back.
 */
import type { FormEvent, ReactNode } from "react";
import type { Act as Doing } from "../api/use-act";
import { Act } from "./act";
import { FormNotice } from "./form-notice";
import { Failed } from "./states";
import { Opened } from "./two-step";

interface OpenedFormProps {
  of: Pick<Doing<[]>, "problem" | "isBusy">;
  onSend: () => void;
  onClose: () => void;
  failed: string;
  title?: string;
  /* Absent where nothing of anybody is kept (B27). */
  notice?: string;
  act: string;
  cancel: string;
  /* It stood there from the beginning. */
  isQuiet?: boolean;
  children: ReactNode;
}

export function OpenedForm({ of: doing, onSend, onClose, failed, ...more }: OpenedFormProps) {
  const { title, notice, act, cancel, isQuiet, children } = more;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend();
  };
  const acts = (
    <>
      <Act isSubmit isBusy={doing.isBusy}>
        {act}
      </Act>
      <Act unstyled onAct={onClose}>
        {cancel}
      </Act>
    </>
  );
  return (
    <Opened isQuiet={isQuiet}>
      <form onSubmit={submit} noValidate>
        {doing.problem && <Failed problem={doing.problem} what={failed} />}
        {title && <h2>{title}</h2>}
        {children}
        {notice ? (
          <FormNotice says={notice}>{acts}</FormNotice>
        ) : (
          <div className="acts">{acts}</div>
        )}
      </form>
    </Opened>
  );
}
