/*
 * The record of a briefing: a document for people, what of it stays here, and where its STIX bundle
 * is.
 */
import { useCallback, useEffect, useState } from "react";
import { addressOf, fetchText } from "./client";
import { asProblem, type Problem } from "./problem";
import type { Resource } from "./use-resource";

export function recordAddress(briefing: string): string {
  return addressOf("/briefings/{briefing}/record", { params: { briefing } });
}

/* What may leave is printed and saved; what stays is read on the screen alone. */
export type RecordPart = "leaves" | "stays";

export function useRecordDocument(briefing: string, part: RecordPart): Resource<string> {
  const [data, setData] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const reload = useCallback(async () => {
    try {
      setProblem(undefined);
      setData(await fetchText(`${recordAddress(briefing)}/document?part=${part}`));
    } catch (caught) {
      setProblem(asProblem(caught));
    }
  }, [briefing, part]);
  useEffect(() => void reload(), [reload]);
  return { data, problem, reload, etag: undefined, replace: setData };
}
