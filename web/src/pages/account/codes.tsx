/*
 * Recovery codes, shown once: to print, or to save as a file.
 */
import { Act } from "../../parts/act";
import { useSessions } from "../../shell/session";
import { useSpoken } from "../../words/spoken";

export function Codes({ codes }: { codes: readonly string[] }) {
  const { session } = useSessions();
  const { codes: text } = useSpoken();
  const head = text.fileHead(session?.exchange.name ?? "", session?.person?.email ?? "");
  const lines = [head, ...codes, ""].join("\n");
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(lines)}`;
  return (
    <div className="codes">
      <p>{text.about}</p>
      <ol aria-label={text.list} translate="no">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="acts">
        <Act outline onAct={() => window.print()}>
          {text.print}
        </Act>
        <a className="usa-link" href={file} download={text.file}>
          {text.save}
        </a>
      </div>
    </div>
  );
}
