/*
 * The record of a briefing: a STIX bundle, of which a page shows what each object is.
 */
import { useCallback, useEffect, useState } from "react";
import { addressOf, fetchText } from "./client";
import { asProblem, type Problem } from "./problem";
import type { Resource } from "./use-resource";

export interface RecordObject {
  id: string;
  type: string;
  name?: string;
  modified?: string;
}

export function recordAddress(briefing: string): string {
  return addressOf("/briefings/{briefing}/record", { params: { briefing } });
}

function textAt(value: object, name: string): string | undefined {
  const found: unknown = Reflect.get(value, name);
  return typeof found === "string" ? found : undefined;
}

function objectOf(value: unknown): RecordObject[] {
  if (typeof value !== "object" || value === null) return [];
  const [id, type] = [textAt(value, "id"), textAt(value, "type")];
  if (!id || !type) return [];
  const name = textAt(value, "name") ?? textAt(value, "title");
  return [{ id, type, name, modified: textAt(value, "modified") }];
}

function objectsOf(bundle: unknown): RecordObject[] {
  if (typeof bundle !== "object" || bundle === null) return [];
  const objects: unknown = Reflect.get(bundle, "objects");
  return Array.isArray(objects) ? objects.flatMap(objectOf) : [];
}

export function useRecord(briefing: string): Resource<RecordObject[]> {
  const [data, setData] = useState<RecordObject[]>();
  const [problem, setProblem] = useState<Problem>();
  const reload = useCallback(async () => {
    try {
      setProblem(undefined);
      setData(objectsOf(JSON.parse(await fetchText(recordAddress(briefing)))));
    } catch (caught) {
      setProblem(asProblem(caught));
    }
  }, [briefing]);
  useEffect(() => void reload(), [reload]);
  return { data, problem, reload, etag: undefined, replace: setData };
}
