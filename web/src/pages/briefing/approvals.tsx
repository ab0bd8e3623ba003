/*
 * Which host has approved what: a matrix in which one glance finds the hole. Where there is none,
 * one line says so, and opens it.
 */
import { Table } from "@trussworks/react-uswds";
import type { Approvals, ApprovalScope } from "../../api/types";
import { Section } from "../../parts/section";
import { Status } from "../../parts/status";
import { useZone } from "../../shell/session";
import { shortDay } from "../../time/time";
import { words } from "../../words";

const text = words.approvals;
export const SCOPES: readonly ApprovalScope[] = ["audience", "agenda", "release"];
export type HostRow = Approvals["hosts"][number];
export type Cell = HostRow["cells"][number];

export function isOpen({ word }: Cell): boolean {
  return word === "open" || word === "no";
}

export interface Awaited {
  host: HostRow;
  cell: Cell;
}

/* The first answer of another host that is open: audience before agenda before release. */
export function awaited({ hosts }: Approvals): Awaited | undefined {
  return firstOpen(hosts, (host, cell) => !host.is_own && isOpen(cell));
}

/* The first answer, one's own too, without which nothing is sent. */
export function neededFrom({ hosts }: Approvals): Awaited | undefined {
  return firstOpen(hosts, (_, cell) => cell.scope !== "release" && isOpen(cell));
}

/* One's own, which the reader may give: what they came for. */
export function isMineOpen({ hosts, may_answer }: Approvals): boolean {
  return may_answer && firstOpen(hosts, (host, cell) => host.is_own && isOpen(cell)) !== undefined;
}

function firstOpen(
  hosts: readonly HostRow[],
  fits: (host: HostRow, cell: Cell) => boolean,
): Awaited | undefined {
  if (hosts.length < 2) return undefined;
  for (const host of hosts) {
    const cell = host.cells.find((one) => fits(host, one));
    if (cell) return { host, cell };
  }
  return undefined;
}

export function ApprovalMatrix({ approvals }: { approvals: Approvals }) {
  const { hosts, open, is_closed } = approvals;
  const all = hosts.length * SCOPES.length;
  const isAlone = hosts.length < 2;
  if (!isAlone && isAllApproved(approvals)) {
    return (
      <Section title={text.title}>
        <details className="approvals-all">
          <summary>
            <Status kind="done">{text.everyHost(hosts.length)}</Status>
          </summary>
          <Matrix approvals={approvals} />
        </details>
      </Section>
    );
  }
  return (
    <Section title={text.title} aside={!isAlone && !is_closed && text.given(all - open, all)}>
      <Matrix approvals={approvals} />
    </Section>
  );
}

/* What went out without somebody's answer is not approved by all. */
function isAllApproved({ hosts }: Approvals): boolean {
  return hosts.every(({ cells }) => cells.every(({ word }) => word === "yes"));
}

function Matrix({ approvals: { hosts, is_closed } }: { approvals: Approvals }) {
  const isAlone = hosts.length < 2;
  return (
    <>
      <Table className="rows-table approvals" fullWidth>
        <thead>
          <tr>
            <th scope="col">{text.host}</th>
            {!isAlone &&
              SCOPES.map((scope) => (
                <th key={scope} scope="col">
                  {text.scopes[scope]}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {hosts.map((host) => (
            <Row key={host.organization.id} host={host} isAlone={isAlone} isClosed={is_closed} />
          ))}
        </tbody>
      </Table>
      <p className="second after-bars">{isAlone ? text.alone : text.onlyHosts}</p>
    </>
  );
}

interface RowProps {
  host: HostRow;
  isAlone: boolean;
  isClosed: boolean;
}

function Row({ host, isAlone, isClosed }: RowProps) {
  const waits = !isAlone && !isClosed && host.cells.some(isOpen);
  const { approver, deputies } = host;
  return (
    <tr className={waits ? "approvals-wait" : undefined}>
      <th scope="row">
        {host.organization.name} {host.is_own && <span className="second">({text.you})</span>}
        {!isAlone && (
          <p className="second">
            {approver ? text.named(approver.name, deputies.length) : text.nobodyNamed}
          </p>
        )}
      </th>
      {!isAlone &&
        SCOPES.map((scope) => {
          const cell = host.cells.find((one) => one.scope === scope);
          return (
            <td key={scope}>
              <span className="approvals-scope second">{text.scopes[scope]}: </span>
              {cell && <CellWords cell={cell} isClosed={isClosed} />}
            </td>
          );
        })}
    </tr>
  );
}

function CellWords({ cell, isClosed }: { cell: Cell; isClosed: boolean }) {
  const { word, at, is_again, reason } = cell;
  const zone = useZone();
  const day = at ? shortDay(new Date(at), zone) : "";
  switch (word) {
    case "yes":
      return <Status kind="done">{text.yes(day)}</Status>;
    case "without":
      return <Status kind="none">{text.without(day)}</Status>;
    case "no":
      return (
        <>
          <Status kind={isClosed ? "none" : "open"}>{text.no(day)}</Status>
          <p className="second">“{reason}”</p>
        </>
      );
    case "open":
      if (isClosed) return <Status kind="none">{text.never}</Status>;
      return (
        <>
          <Status kind="open">{text.open}</Status>
          {day && <p className="second">{is_again ? text.askedAgain(day) : text.asked(day)}</p>}
        </>
      );
  }
}
