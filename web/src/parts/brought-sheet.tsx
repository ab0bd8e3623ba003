/*
 * What pages share on which a sheet (CSV) is brought: it is looked at line by line first, then
 * done, all of it.
 */
import { useState } from "react";
import { useAct, type Act as Acting } from "../api/use-act";
import { Act } from "./act";
import { Status } from "./status";

interface Sheet {
  changes: number;
  faults: number;
  is_done: boolean;
}

interface Asked {
  body: { csv: string; is_preview?: boolean };
  idempotencyKey?: string;
}

export function useBroughtSheet<S extends Sheet>(
  send: (asked: Asked) => Promise<{ data: S }>,
  onDone?: () => Promise<void>,
) {
  const [csv, setCsv] = useState("");
  const [sheet, setSheet] = useState<S>();
  const look = useAct(async (_key: string, file: File) => {
    const read = await file.text();
    setSheet(undefined);
    setCsv(read);
    setSheet((await send({ body: { csv: read, is_preview: true } })).data);
  });
  const bring = useAct(async (idempotencyKey) => {
    setSheet((await send({ body: { csv }, idempotencyKey })).data);
    await onDone?.();
  });
  return { sheet, look, bring };
}

interface StateWords {
  preview: (changes: number, faults: number) => string;
  done: (changes: number) => string;
}

export function stateOf({ changes, faults, is_done }: Sheet, text: StateWords): string {
  return is_done ? text.done(changes) : text.preview(changes, faults);
}

interface BringProps {
  sheet: Sheet;
  bring: Acting<[]>;
  text: { act: (changes: number) => string };
}

/* Where every line can stand and one of them changes anything. */
export function Bring({ sheet: { changes, faults, is_done }, bring, text }: BringProps) {
  if (is_done || faults > 0 || changes === 0) return null;
  return (
    <div className="acts form-acts">
      <Act onAct={bring.run} isBusy={bring.isBusy}>
        {text.act(changes)}
      </Act>
    </div>
  );
}

interface ChangeProps<C extends string> {
  line: { change: C; fault?: string };
  names: Record<C, string>;
}

/* What is wrong stands beside its line. */
export function Change<C extends string>({ line: { change, fault }, names }: ChangeProps<C>) {
  if (change !== "faulty") return <>{names[change]}</>;
  return (
    <>
      <Status kind="late">{names[change]}</Status>
      <p className="second">{fault}</p>
    </>
  );
}
