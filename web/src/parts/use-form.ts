/*
 * A small form: what is typed, and the one act that sends it. What was sent is emptied, unless the
 * form is told to keep it; what failed stays.
 */
import { useState, type FormEvent } from "react";
import { useAct, type Act } from "../api/use-act";

export interface Form<F> {
  typed: F;
  type: (changes: Partial<F>) => void;
  submit: (event: FormEvent) => void;
  act: Act<[]>;
  isSent: boolean;
  error: (pointer: string) => string | undefined;
}

export function useForm<F>(
  start: F,
  send: (typed: F, idempotencyKey: string) => Promise<void>,
  { keeps = false } = {},
): Form<F> {
  const [typed, setTyped] = useState(start);
  const [isSent, setSent] = useState(false);
  const act = useAct(async (key) => {
    await send(typed, key);
    setSent(true);
    if (!keeps) setTyped(start);
  });
  return {
    typed,
    type: (changes) => {
      setSent(false);
      setTyped((old) => ({ ...old, ...changes }));
    },
    submit: (event) => {
      event.preventDefault();
      setSent(false);
      void act.run();
    },
    act,
    isSent,
    error: (pointer) => act.problem?.fieldMessage(pointer),
  };
}
