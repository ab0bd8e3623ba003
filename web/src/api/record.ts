/*
 * The record of a briefing: a document for people, and where its STIX bundle is.
 */
import { useCallback, useEffect, useState } from "react";
import { addressOf, fetchText } from "./client";
import { asProblem, type Problem } from "./problem";
import type { Resource } from "./use-resource";

export function recordAddress(briefing: string): string {
  return addressOf("/briefings/{briefing}/record", { params: { briefing } });
}

export function useRecordDocument(briefing: string): Resource<string> {
  const [data, setData] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const reload = useCallback(async () => {
    try {
      setProblem(undefined);
      setData(await fetchText(`${recordAddress(briefing)}/document`));
    } catch (caught) {
      setProblem(asProblem(caught));
    }
  }, [briefing]);
  useEffect(() => void reload(), [reload]);
  return { data, problem, reload, etag: undefined, replace: setData };
}
