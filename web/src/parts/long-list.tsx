/*
 * A long table in groups that open and close, in a scroller of a fixed height: only the lines that
 * can be seen are in the document, and a screen reader is told where they stand. All lines are of
 * one height, which is measured.
 */
import { Icon } from "@trussworks/react-uswds";
import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { words } from "../words";

const LINES_BEYOND = 12; // above and below what is seen
const LINE_PX_GUESS = 32;
const VIEW_PX_GUESS = 600;

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
  const { scroller, first, last, linePx, onScroll } = useWindow(lines.length);
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
        <Space px={first * linePx} />
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
        <Space px={(lines.length - last) * linePx} />
      </table>
    </div>
  );
}

/* Which lines are in the document, by how far the list is scrolled. */
function useWindow(count: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [linePx, setLinePx] = useState(LINE_PX_GUESS);
  const [viewPx, setViewPx] = useState(VIEW_PX_GUESS);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const measure = () => {
      setViewPx(box.clientHeight);
      const line = box.querySelector("tbody tr[aria-rowindex]");
      if (line) setLinePx(line.getBoundingClientRect().height);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [count === 0]); // the first line brings its height

  const start = Math.floor(top / linePx) - LINES_BEYOND;
  const first = Math.max(0, Math.min(start, count - 1));
  const last = Math.min(count, Math.ceil((top + viewPx) / linePx) + LINES_BEYOND);
  const onScroll = () => setTop(scroller.current?.scrollTop ?? 0);
  return { scroller, first, last, linePx, onScroll };
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
    <tr aria-rowindex={index + 2} className="long-list-group">
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
    <tr aria-rowindex={index + 2}>
      <th scope="row">{head}</th>
      {cells.map((cell, n) => (
        <td key={n}>{cell}</td>
      ))}
    </tr>
  );
}
