/*
 * A form that begins with what was typed into it before, once that is known.
 */
import type { ReactNode } from "react";
import { useDraft, type KeptDraft } from "../api/use-draft";
import { Loading } from "./states";

interface DraftedProps<D> {
  /* What the draft is kept as. */
  form: string;
  /* An empty one; the same as long as the form stands. */
  fresh: () => D;
  children: (draft: D, kept: KeptDraft<D>) => ReactNode;
}

export function Drafted<D extends object>({ form, fresh, children }: DraftedProps<D>) {
  const kept = useDraft(form, fresh);
  return kept.draft ? children(kept.draft, kept) : <Loading />;
}
