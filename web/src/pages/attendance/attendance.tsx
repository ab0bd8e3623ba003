/*
 * Who was there, marked by a host: each person there, not there, or not said.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { Attendance, Briefing } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource, type Resource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { PageHead } from "../../parts/page-head";
import { SendBar } from "../../parts/send-bar";
import { useOnSheet } from "../../parts/sheet";
import { Empty, Failed, Ready } from "../../parts/states";
import { NothingHere } from "../../shell/nothing-here";
import { Link } from "../../shell/router";
import type { PageProps } from "../../shell/pages";
import { words } from "../../words";
import { Guests } from "./guests";
import { Marks } from "./marks";

const text = words.attendance;

export type Present = Attendance["people"][number];
/* What is said of somebody; without times they were there from the start to the end. */
export interface Said {
  was_there: boolean;
  joined?: string;
  left?: string;
}
/* What was marked and is not kept yet, by person. */
export type Changes = ReadonlyMap<string, Said>;

/* What was noted of the times stays with whoever is marked again. */
function markOf({ joined, left }: Said | Present, was_there: boolean): Said {
  return { was_there, joined, left };
}

export function AttendancePage({ params }: PageProps) {
  const briefing = params.briefing ?? "";
  const resource = useResource("/briefings/{briefing}/attendance", { params: { briefing } });
  const call = useResource("/briefings/{briefing}", { params: { briefing } });
  useOnSheet([call.data?.label]);
  if (resource.problem?.status === 404) return <NothingHere />;
  return (
    <Ready of={resource}>
      {(data) => <Loaded briefing={briefing} data={data} resource={resource} call={call.data} />}
    </Ready>
  );
}

/* Before anybody is marked, nobody was counted either. */
function titleOf({ present = 0, invited, people }: Attendance): string {
  const all = invited ?? people.length;
  const isTaken = people.some(({ was_there }) => was_there !== undefined);
  return isTaken ? text.head(present, all) : text.headOpen(all);
}

interface LoadedProps {
  briefing: string;
  data: Attendance;
  resource: Resource<Attendance>;
  call?: Briefing;
}

function Loaded({ briefing, data, resource, call }: LoadedProps) {
  const [changes, setChanges] = useState<Changes>(new Map());
  const [sought, setSought] = useState("");
  const keep = useAct(async () => {
    const items = [...changes].map(([person, said]) => ({ person, ...said }));
    const asked = { params: { briefing }, body: { items } };
    resource.replace((await request("put", "/briefings/{briefing}/attendance", asked)).data);
    setChanges(new Map());
  });
  const mark = (people: readonly Present[], wasThere: boolean) => {
    const next = new Map(changes);
    for (const one of people) {
      const { id } = one.person;
      if (id) next.set(id, markOf(changes.get(id) ?? one, wasThere));
    }
    setChanges(next);
  };
  const stay = ({ person: { id } }: Present, said: Said) => {
    if (id) setChanges(new Map(changes).set(id, said));
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
            { title: call?.title ?? words.briefings.one, to: at },
          ]}
          here={text.crumb}
          title={titleOf(data)}
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
            <Marks
              people={data.people}
              sought={sought}
              changes={changes}
              when={call?.when}
              onMark={mark}
              onStay={stay}
            />
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
