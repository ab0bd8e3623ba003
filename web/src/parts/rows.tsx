/*
 * A table with one row a thing: the first column names it, the others say something of it each.
 */
import { Table } from "@trussworks/react-uswds";
import type { ReactNode } from "react";

export interface Column<T> {
  name: string;
  cell: (row: T) => ReactNode;
}

interface RowsProps<T> {
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
}

export function Rows<T>({ columns, rows, keyOf }: RowsProps<T>) {
  const [first, ...others] = columns;
  if (!first) return null;
  return (
    <Table className="rows-table" fullWidth stackedStyle="default">
      <thead>
        <tr>
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <th scope="row" data-label={first.name}>
              {first.cell(row)}
            </th>
            {others.map(({ name, cell }) => (
              <td key={name} data-label={name}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
