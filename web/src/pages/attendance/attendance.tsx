/*
 * Who was there, marked by a host: each person there, not there, or not said.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { Attendance } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource, type Resource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { PageHead } from "../../parts/page-head";
import { SendBar } from "../../parts/send-bar";
import { Empty, Failed, Ready } from "../../parts/states";
import { NothingHere } from "../../shell/nothing-here";
import { Link } from "../../shell/router";
import type { PageProps } from "../../shell/pages";
import { words } from "../../words";
import { Guests } from "./guests";
import { Marks } from "./marks";

const text = words.attendance;

export type Present = Attendance["people"][number];
/* What was marked and is not kept yet, by person. */
export type Changes = ReadonlyMap<string, boolean>;

export function AttendancePage({ params }: PageProps) {
  const briefing = params.briefing ?? "";
  const resource = useResource("/briefings/{briefing}/attendance", { params: { briefing } });
  if (resource.problem?.status === 404) return <NothingHere />;
  return (
    <Ready of={resource}>
      {(data) => <Loaded briefing={briefing} data={data} resource={resource} />}
    </Ready>
  );
}

interface LoadedProps {
  briefing: string;
  data: Attendance;
  resource: Resource<Attendance>;
}

function Loaded({ briefing, data, resource }: LoadedProps) {
  const [changes, setChanges] = useState<Changes>(new Map());
  const [sought, setSought] = useState("");
  const keep = useAct(async () => {
    const items = [...changes].map(([person, was_there]) => ({ person, was_there }));
    const asked = { params: { briefing }, body: { items } };
    resource.replace((await request("put", "/briefings/{briefing}/attendance", asked)).data);
    setChanges(new Map());
  });
  const mark = (people: readonly Present[], wasThere: boolean) => {
    const next = new Map(changes);
    for (const { person } of people) if (person.id) next.set(person.id, wasThere);
    setChanges(next);
  };
  const at = `/briefings/${briefing}`;
  const saidYes = data.people.filter((one) => one.answer === "yes" && one.was_there === undefined);
  return (
    <>
      <div className="wrap">
        {keep.problem && <Failed problem={keep.problem} what={text.notKept} />}
        <PageHead
          crumbs={[
            { title: words.briefings.title, to: "/briefings" },
            { title: words.briefings.one, to: at },
          ]}
          here={text.crumb}
          title={text.head(data.present ?? 0, data.invited ?? data.people.length)}
          facts={[text.about, data.guests.length > 0 && text.guests(data.guests.length)]}
        />
        {data.people.length === 0 ? (
          <Empty>{text.nobody}</Empty>
        ) : (
          <>
            <TextField label={text.find} type="search" value={sought} onText={setSought} />
            {saidYes.length > 0 && (
              <p className="mark-all">
                <Act outline onAct={() => mark(saidYes, true)}>
                  {text.everyoneWhoSaidYes}
                </Act>
              </p>
            )}
            <Marks people={data.people} sought={sought} changes={changes} onMark={mark} />
            <FormNotice says={text.notice} />
          </>
        )}
        <Guests briefing={briefing} guests={data.guests} onChange={resource.reload} />
      </div>
      <SendBar
        about={<p role="status">{changes.size === 0 && (data.present ?? 0) > 0 && text.kept}</p>}
        acts={
          <>
            <Link to={`${at}/closing`}>{words.closing.crumb}</Link>
            {changes.size > 0 && (
              <Act isBusy={keep.isBusy} onAct={() => keep.run()}>
                {text.keep(changes.size)}
              </Act>
            )}
          </>
        }
      />
    </>
  );
}
