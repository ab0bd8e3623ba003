/*
 * Choosing a sheet (CSV) from one's own computer.
 */
import { useId } from "react";

interface CsvFileProps {
  label: string;
  hint: string;
  onFile: (file: File) => Promise<void>;
}

export function CsvFile({ label, hint, onFile }: CsvFileProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="usa-label" htmlFor={id}>
        {label}
      </label>
      <div className="usa-hint" id={`${id}-hint`}>
        {hint}
      </div>
      <input
        type="file"
        className="file"
        id={id}
        name="sheet"
        accept=".csv,text/csv"
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void onFile(file);
        }}
      />
    </div>
  );
}
