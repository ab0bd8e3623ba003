/*
 * A long table in groups that open and close, in a scroller of a fixed height: only the lines that
 * can be seen are in the document, and a screen reader is told where they stand. A line is as high
 * as what it says, which is measured where it is shown, and guessed where it was not yet.
 */
import { Icon } from "@trussworks/react-uswds";
import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { words } from "../words";

const LINES_BEYOND = 12; // above and below what is seen
const LINE_PX_GUESS = 32;
const VIEW_PX_GUESS = 600;
const FIRST_ROW_INDEX = 2; // the head of the table is the first one

export interface LongRow {
  key: string;
  /* The first is the head of the row. */
  cells: ReactNode[];
}

export interface LongGroup {
  title: string;
  cells: ReactNode[];
  rows: LongRow[];
}

interface LongListProps {
  label: string;
  columns: readonly string[];
  groups: LongGroup[];
  closed: ReadonlySet<string>;
  onToggle: (title: string) => void;
}

interface Line {
  group: LongGroup;
  row?: LongRow;
}

function linesOf(groups: LongGroup[], closed: ReadonlySet<string>): Line[] {
  return groups.flatMap((group) => {
    const rows = closed.has(group.title) ? [] : group.rows;
    return [{ group }, ...rows.map((row) => ({ group, row }))];
  });
}

export function LongList({ label, columns, groups, closed, onToggle }: LongListProps) {
  const lines = linesOf(groups, closed);
  const { scroller, first, last, above, below, onScroll } = useWindow(lines.map(keyOf));
  const seen = lines.slice(first, last).map((line, n) => ({ line, index: first + n }));
  const shown = groups
    .map((group) => ({ group, seen: seen.filter(({ line }) => line.group === group) }))
    .filter(({ seen: some }) => some.length > 0);
  return (
    <div
      ref={scroller}
      className="long-list"
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table aria-rowcount={lines.length + 1} className={`long-list-${columns.length}`}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <Space px={above} />
        {shown.map(({ group, seen: some }) => (
          <tbody key={group.title}>
            {some.map(({ line: { row }, index }) =>
              row ? (
                <RowLine key={row.key} row={row} index={index} />
              ) : (
                <GroupLine
                  key="group"
                  group={group}
                  index={index}
                  isOpen={!closed.has(group.title)}
                  onToggle={onToggle}
                />
              ),
            )}
          </tbody>
        ))}
        <Space px={below} />
      </table>
    </div>
  );
}

/* Of a line among all lines. */
function keyOf({ group, row }: Line): string {
  return row ? `row ${row.key}` : `group ${group.title}`;
}

/* Which lines are in the document, by how far the list is scrolled. */
function useWindow(keys: readonly string[]) {
  const { scroller, heights, viewPx } = useHeights(keys);
  const [top, setTop] = useState(0);
  const starts = [0]; // of each line, and below the last one
  for (const key of keys) starts.push(starts.at(-1)! + (heights.get(key) ?? LINE_PX_GUESS));
  const lineAt = (px: number) => {
    const beyond = starts.findIndex((start) => start > px);
    return beyond < 0 ? keys.length : Math.max(0, beyond - 1);
  };
  const first = Math.max(0, Math.min(lineAt(top) - LINES_BEYOND, keys.length - 1));
  const last = Math.min(keys.length, lineAt(top + viewPx) + 1 + LINES_BEYOND);
  const above = starts[first]!;
  const below = starts[keys.length]! - starts[last]!;
  const onScroll = () => setTop(scroller.current?.scrollTop ?? 0);
  return { scroller, first, last, above, below, onScroll };
}

const NOT_MEASURED: ReadonlyMap<string, number> = new Map();

/* The lines that were shown at the width that the list has, and how much of it is seen. */
function useHeights(keys: readonly string[]) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useRef(0);
  const [heights, setHeights] = useState(NOT_MEASURED);
  const [viewPx, setViewPx] = useState(VIEW_PX_GUESS);

  useLayoutEffect(() => {
    const news = linesIn(scroller.current)
      .map(({ index, px }) => [keys[index] ?? "", px] as const)
      .filter(([key, px]) => Math.abs(px - (heights.get(key) ?? 0)) >= 1);
    if (news.length > 0) setHeights(new Map([...heights, ...news]));
  });
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(() => {
      setViewPx(box.clientHeight);
      if (box.clientWidth !== width.current) setHeights(NOT_MEASURED);
      width.current = box.clientWidth;
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return { scroller, heights, viewPx };
}

function linesIn(box: HTMLElement | null): { index: number; px: number }[] {
  const lines = box?.querySelectorAll("tbody tr[aria-rowindex]") ?? [];
  return [...lines].map((line) => ({
    index: Number(line.getAttribute("aria-rowindex")) - FIRST_ROW_INDEX,
    px: line.getBoundingClientRect().height,
  }));
}

function Space({ px }: { px: number }) {
  if (px <= 0) return null;
  return (
    <tbody aria-hidden="true">
      <tr style={{ height: px }} />
    </tbody>
  );
}

interface GroupLineProps {
  group: LongGroup;
  index: number;
  isOpen: boolean;
  onToggle: (title: string) => void;
}

function GroupLine({ group, index, isOpen, onToggle }: GroupLineProps) {
  const name = isOpen ? words.lists.shut(group.title) : words.lists.open(group.title);
  return (
    <tr aria-rowindex={index + FIRST_ROW_INDEX} className="long-list-group">
      <th scope="rowgroup">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={name}
          onClick={() => onToggle(group.title)}
        >
          {isOpen ? <Icon.ExpandMore aria-hidden /> : <Icon.NavigateNext aria-hidden />}
          {group.title}
        </button>
      </th>
      {group.cells.map((cell, n) => (
        <td key={n}>{cell}</td>
      ))}
    </tr>
  );
}

function RowLine({ row, index }: { row: LongRow; index: number }) {
  const [head, ...cells] = row.cells;
  return (
    <tr aria-rowindex={index + FIRST_ROW_INDEX}>
      <th scope="row">{head}</th>
      {cells.map((cell, n) => (
        <td key={n}>{cell}</td>
      ))}
    </tr>
  );
}
