/*
 * What was promised: what and who, by when, and what became of it; answered in place by whoever
 * promised, or by a host.
 */
import { Table } from "@trussworks/react-uswds";
import { useState, type ReactNode } from "react";
import { request } from "../../api/client";
import type { Briefing, Commitment } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource, type Resource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { Section } from "../../parts/section";
import { Empty, Failed, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { dateOnly, shortDay } from "../../time/time";
import { words } from "../../words";
import { AddCommitment } from "./add";

const text = words.commitments;
type Commitments = { items: Commitment[] };

export function useCommitments(briefing: string): Resource<Commitments> {
  return useResource("/briefings/{briefing}/commitments", { params: { briefing } });
}

/* On the page of the briefing: nothing where nothing was promised. */
export function Promised({ briefing }: { briefing: Briefing }) {
  const list = useCommitments(briefing.id);
  if (!list.data?.items.length) return null;
  return <Commitments briefing={briefing} list={list} />;
}

interface CommitmentsProps {
  briefing: Briefing;
  list: Resource<Commitments>;
  mayAdd?: boolean;
}

export function Commitments({ briefing, list, mayAdd = false }: CommitmentsProps) {
  const [isAdding, setAdding] = useState(false);
  const open = list.data?.items.filter(({ status }) => status === "open").length ?? 0;
  const aside: ReactNode = mayAdd ? (
    <Act unstyled onAct={() => setAdding(!isAdding)}>
      {text.add}
    </Act>
  ) : (
    text.open(open)
  );
  return (
    <Section title={text.title} aside={aside}>
      {isAdding && (
        <AddCommitment
          briefing={briefing}
          onAdd={(now) => {
            list.replace(now);
            setAdding(false);
          }}
        />
      )}
      <Ready of={list}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{text.none}</Empty>
          ) : (
            <Table className="rows-table commitments" fullWidth>
              <thead>
                <tr>
                  <th scope="col">{text.columns.what}</th>
                  <th scope="col">{text.columns.by}</th>
                  <th scope="col">{text.columns.state}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <Row key={one.id} one={one} briefing={briefing.id} onChange={list.replace} />
                ))}
              </tbody>
            </Table>
          )
        }
      </Ready>
      {list.data?.items.some(isToSettle) && <FormNotice says={text.settleNotice} />}
    </Section>
  );
}

function isToSettle({ may_settle, status }: Commitment): boolean {
  return may_settle && status === "open";
}

interface RowProps {
  one: Commitment;
  briefing: string;
  onChange: (now: Commitments) => void;
}

function Row({ one, briefing, onChange }: RowProps) {
  const zone = useZone();
  const { content, organization, person, due, from } = one;
  return (
    <tr>
      <th scope="row">
        {content}
        <p className="second">{[organization, person?.name].filter(Boolean).join(", ")}</p>
        {from && (
          <p className="second">
            <Link to={`/briefings/${from.id}`}>
              {text.from(shortDay(new Date(from.start), zone))}
            </Link>
          </p>
        )}
      </th>
      <td className="nowrap">{due ? shortDay(dateOnly(due), "UTC") : text.noDay}</td>
      <td>
        <State one={one} />
        {isToSettle(one) && <Settle one={one} briefing={briefing} onChange={onChange} />}
      </td>
    </tr>
  );
}

function State({ one: { status, is_late, from } }: { one: Commitment }) {
  if (status === "done") return <Status kind="done">{text.done}</Status>;
  if (status === "dropped") return <Status kind="none">{text.dropped}</Status>;
  return (
    <>
      <Status kind={is_late ? "late" : "open"}>{is_late ? text.late : text.stillOpen}</Status>
      {from && <p className="second">{text.carried}</p>}
    </>
  );
}

function Settle({ one, briefing, onChange }: RowProps) {
  const [due, setDue] = useState<string>();
  const act = useAct(async (_, body: { status?: "done" | "dropped"; due?: string }) => {
    const asked = { params: { briefing, commitment: one.id }, body };
    const path = "/briefings/{briefing}/commitments/{commitment}";
    onChange((await request("patch", path, asked)).data);
  });
  if (due !== undefined) {
    return (
      <>
        <TextField label={text.day} type="date" value={due} onText={setDue} />
        <Act unstyled isBusy={act.isBusy} onAct={() => act.run({ due })}>
          {text.setDay}
        </Act>
      </>
    );
  }
  return (
    <>
      {act.problem && <Failed problem={act.problem} what={text.notKept} />}
      <div className="acts">
        <Act unstyled of={one.content} onAct={() => act.run({ status: "done" })}>
          {text.isDone}
        </Act>
        <Act unstyled of={one.content} onAct={() => setDue(one.due ?? "")}>
          {text.otherDay}
        </Act>
        <Act unstyled of={one.content} onAct={() => act.run({ status: "dropped" })}>
          {text.drop}
        </Act>
      </div>
    </>
  );
}
