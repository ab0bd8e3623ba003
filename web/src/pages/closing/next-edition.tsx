/*
 * The next edition in one click: what of this agenda is carried over, and the button that makes it.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useState } from "react";
import { request } from "../../api/client";
import type { Briefing } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { Link, useRouter } from "../../shell/router";
import { words } from "../../words";

const text = words.series;

export function NextEdition({ briefing }: { briefing: Briefing }) {
  const { go } = useRouter();
  const [carried, setCarried] = useState<string[]>([]);
  const act = useAct(async (key) => {
    const asked = {
      params: { briefing: briefing.id },
      body: { items: carried },
      idempotencyKey: key,
    };
    const { data } = await request("post", "/briefings/{briefing}/next", asked);
    go(`/briefings/${data.id}/edit`);
  });
  const [following] = briefing.followed_by ?? [];
  const toggle = (id: string, isIn: boolean) =>
    setCarried(isIn ? [...carried, id] : carried.filter((other) => other !== id));
  const form = (
    <>
      {act.problem && <Failed problem={act.problem} what={text.notMade} />}
      {briefing.items.length > 0 && <p className="after-bars">{text.carry}</p>}
      {briefing.items.map(({ id, title }) => (
        <Checkbox
          key={id}
          id={`carry-${id}`}
          name="carry"
          label={title}
          checked={carried.includes(id)}
          onChange={(event) => toggle(id, event.target.checked)}
        />
      ))}
      <p className="second after-bars">{text.about}</p>
      <Act outline isBusy={act.isBusy} onAct={() => act.run()}>
        {text.make((briefing.edition ?? 1) + 1)}
      </Act>
    </>
  );
  if (!following) return <Section title={text.title}>{form}</Section>;
  return (
    <Section title={text.title}>
      <p className="after-bars">
        {text.isThere} <Link to={`/briefings/${following}`}>{text.there}</Link>
      </p>
      <details>
        <summary>{text.another}</summary>
        {form}
      </details>
    </Section>
  );
}
