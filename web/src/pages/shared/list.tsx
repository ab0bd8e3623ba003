/*
 * What organizations did by their own decision, the newest first, each with what its readers can do
 * now.
 */
import type { Action } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { Chip } from "../../parts/chip";
import { ExerciseWord } from "../../parts/exercise-strip";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { Link, useRouter } from "../../shell/router";
import { useReader, useZone } from "../../shell/session";
import { dateOnly, recentTime, shortDay } from "../../time/time";
import { words } from "../../words";

const text = words.shared;
const RECENT_MS = 30 * 24 * 60 * 60 * 1000;

export function SharedList() {
  const pages = usePages("/actions");
  const { path } = useRouter();
  const { acting_for } = useReader();
  const told = new URLSearchParams(path.split("?")[1]).get("told");
  const mayTell = acting_for.roles.includes("publisher");
  return (
    <div className="wrap">
      <Ready of={pages.first}>
        {() => (
          <>
            <PageHead
              title={headOf(pages.items)}
              facts={[text.about]}
              acts={
                mayTell && (
                  <Link className="usa-button" to="/shared/tell">
                    {text.tell}
                  </Link>
                )
              }
            />
            {told && (
              <p role="status" className="told">
                <Status kind="done">{text.told(Number(told))}</Status>
              </p>
            )}
            {pages.items.length === 0 && <Empty>{text.empty}</Empty>}
            <ul className="rows news deeds">
              {pages.items.map((action) => (
                <Deed key={action.id} action={action} />
              ))}
            </ul>
            <More of={pages.more} />
            {mayTell && (
              <p className="after-bars">
                <Link to="/sightings">{text.met}</Link>
              </p>
            )}
          </>
        )}
      </Ready>
    </div>
  );
}

function headOf(items: readonly Action[]): string {
  const since = Date.now() - RECENT_MS;
  const recent = items.filter(({ added }) => new Date(added).getTime() > since).length;
  if (items.length === 0) return text.none;
  return recent ? text.head(recent) : text.quiet;
}

function Deed({ action }: { action: Action }) {
  const zone = useZone();
  const { title, happened, advice, label, taken, added, source, is_own } = action;
  return (
    <li>
      <h2>{title}</h2>
      <p className="long-text">{happened}</p>
      {advice && (
        <p className="advice">
          <b>{text.now}</b> {advice}
        </p>
      )}
      <p className="second line">
        <ExerciseWord of={action} />
        <Chip label={label} />
        <span>{is_own ? text.own : source}</span>
        <span>{text.done(shortDay(dateOnly(taken), "UTC"))}</span>
        <span>{recentTime(new Date(added), zone)}</span>
      </p>
    </li>
  );
}
