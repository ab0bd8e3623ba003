/*
 * A form while it is being filled in, kept by the exchange so that a closed window loses nothing
 * (B6).
 */
import { useEffect, useRef, useState } from "react";
import { request } from "./client";
import { asProblem, type Problem } from "./problem";

const KEEP_AFTER_MS = 1000;

export interface KeptDraft<D> {
  /* Absent until it is known whether one was kept. */
  draft: D | undefined;
  change: (changes: Partial<D>) => void;
  drop: () => Promise<void>;
  keptAt: Date | undefined;
  problem: Problem | undefined;
}

/* What was kept, over what a new one begins with: a draft of last month may lack a question. */
async function readDraft<D>(form: string, fresh: D): Promise<D> {
  try {
    const { data } = await request("get", "/drafts/{form}", { params: { form } });
    return { ...fresh, ...(data.body as Partial<D>) };
  } catch (caught) {
    if (asProblem(caught).status === 404) return fresh;
    throw caught;
  }
}

/* `fresh` makes an empty one; the same as long as the page stands. */
export function useDraft<D extends object>(form: string, fresh: () => D): KeptDraft<D> {
  const [empty] = useState(fresh);
  const [draft, setDraft] = useState<D>();
  const [keptAt, setKeptAt] = useState<Date>();
  const [problem, setProblem] = useState<Problem>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    readDraft(form, empty).then(setDraft, (caught: unknown) => {
      setProblem(asProblem(caught));
      setDraft(empty);
    });
    return () => clearTimeout(timer.current);
  }, [form, empty]);

  const keep = async (body: D) => {
    try {
      await request("put", "/drafts/{form}", {
        params: { form },
        body: { ...body } as Record<string, unknown>,
      });
      setKeptAt(new Date());
      setProblem(undefined);
    } catch (caught) {
      setProblem(asProblem(caught));
    }
  };
  return {
    draft,
    keptAt,
    problem,
    change: (changes) => {
      const next = { ...(draft ?? empty), ...changes };
      setDraft(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void keep(next), KEEP_AFTER_MS);
    },
    drop: async () => {
      clearTimeout(timer.current);
      setKeptAt(undefined);
      setDraft(empty);
      try {
        await request("delete", "/drafts/{form}", { params: { form } });
      } catch (caught) {
        asProblem(caught); // what it was for is done; at worst it is offered once more
      }
    },
  };
}
