/*
 * A link that has just been made, or an account that is here already: shown once, to be passed on.
 */
import type { Reply } from "../../api/types";
import { Act } from "../../parts/act";
import { Copy } from "../../parts/copy";
import { Opened } from "../../parts/two-step";
import { useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { office } from "../../words/account";

const text = office.made;

export type Made = Reply<"/people", "post">;

export function MadeLink({ person, link, onDone }: Made & { onDone: () => void }) {
  const zone = useZone();
  if (!link) {
    return (
      <Opened>
        <p>{office.invite.affiliated(person.name)}</p>
        <Act unstyled onAct={onDone}>
          {text.done}
        </Act>
      </Opened>
    );
  }
  const starts = new Date(link.starts);
  const doesWait = starts.getTime() > Date.now();
  return (
    <Opened>
      <h2>{text.title(person.name)}</h2>
      <p>{text.about}</p>
      <Copy label={text.link} value={link.url} act={text.copy} done={text.copied} />
      {doesWait && <p>{text.waits(dayAndTime(starts, zone))}</p>}
      <p className="second">{text.until(dayAndTime(new Date(link.expires), zone))}</p>
      <Act outline onAct={onDone}>
        {text.done}
      </Act>
    </Opened>
  );
}
