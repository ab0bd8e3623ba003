/*
 * What nobody may remove for now (B27), for a request for records or a court: placing a hold, and
 * releasing it; the list keeps those that were.
 */
import { request } from "../../api/client";
import type { Hold } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { Chip } from "../../parts/chip";
import { Chooser, type Found } from "../../parts/chooser";
import { TextAreaField } from "../../parts/field";
import { FormFrame } from "../../parts/form";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { TwoStep } from "../../parts/two-step";
import { useForm } from "../../parts/use-form";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { steward } from "../../words/steward";
import { findThings } from "./find";
import { ExchangePage } from "./frame";

const text = steward.holds;

export function HoldsPage() {
  const holds = useResource("/holds");
  const standing = holds.data?.items.filter(({ released }) => !released).length;
  return (
    <ExchangePage
      part="holds"
      title={standing === undefined ? steward.exchange.nav.holds : text.head(standing)}
      facts={[text.about]}
    >
      <Ready of={holds}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{text.none}</Empty>
          ) : (
            <Holds holds={items} onRelease={holds.reload} />
          )
        }
      </Ready>
      <Section title={text.place}>
        <Place onPlaced={holds.reload} />
      </Section>
    </ExchangePage>
  );
}

interface HoldsProps {
  holds: Hold[];
  onRelease: () => Promise<void>;
}

function Holds({ holds, onRelease }: HoldsProps) {
  const zone = useZone();
  return (
    <Rows
      rows={holds}
      keyOf={({ id }) => id}
      columns={[
        {
          name: text.columns.what,
          cell: (hold) => (
            <>
              <Held hold={hold} />
              <p className="second">{hold.reason}</p>
            </>
          ),
        },
        {
          name: text.columns.placed,
          cell: ({ placed, person, organization }) => (
            <>
              {dayAndTime(new Date(placed), zone)}
              <p className="second">{person ?? organization ?? text.console}</p>
            </>
          ),
        },
        {
          name: text.columns.next,
          cell: (hold) =>
            hold.released ? (
              <Status kind="none">
                {text.released(dayAndTime(new Date(hold.released), zone))}
              </Status>
            ) : (
              <Release hold={hold} onRelease={onRelease} />
            ),
        },
      ]}
    />
  );
}

function kindOf(object: string): string {
  return steward.search.kind({ type: object.split("--")[0] ?? "" });
}

/* One without a title is called by what it is. */
function nameOf({ object, title }: Hold): string {
  if (!object) return text.everything;
  return title && title !== object ? title : `${kindOf(object)} ${object}`;
}

function Held({ hold }: { hold: Hold }) {
  const { object, title, label } = hold;
  if (!object) return text.everything;
  if (!title)
    return (
      <>
        {text.unknown} <code className="thing-id">{object}</code>
      </>
    );
  return (
    <>
      <Link to={addressOf(object)}>{title === object ? kindOf(object) : title}</Link>
      <p className="second relation-facts">
        {label && <Chip label={label} />}
        {title !== object && <span>{kindOf(object)}</span>}
      </p>
    </>
  );
}

function addressOf(object: string): string {
  return object.startsWith("briefing--") ? `/briefings/${object}` : `/objects/${object}`;
}

function Release({ hold, onRelease }: { hold: Hold; onRelease: () => Promise<void> }) {
  const act = useAct(async () => {
    await request("delete", "/holds/{hold}", { params: { hold: hold.id } });
    await onRelease();
  });
  return (
    <TwoStep
      ask={text.release}
      of={nameOf(hold)}
      about={text.releasing}
      act={text.releaseAct}
      doing={{ ...act, run: () => act.run() }}
      failed={text.notReleased}
      keep={text.keep}
    />
  );
}

const NOTHING = { objects: [] as Found[], reason: "" };

function Place({ onPlaced }: { onPlaced: () => Promise<void> }) {
  const form = useForm(NOTHING, async ({ objects, reason }, idempotencyKey) => {
    const body = { object: objects[0]?.id, reason };
    await request("post", "/holds", { body, idempotencyKey });
    await onPlaced();
  });
  const { typed, type, error } = form;
  return (
    <FormFrame of={form} failed={text.notPlaced} act={text.placeAct(typed.objects.length === 0)}>
      <Chooser
        label={text.object}
        hint={text.objectHint}
        chosen={typed.objects}
        find={findThings}
        onChoose={(objects) => type({ objects: objects.slice(-1) })} // a hold is of one thing
        error={error("/object")}
      />
      <TextAreaField
        label={text.reason}
        hint={text.reasonHint}
        value={typed.reason}
        onText={(reason) => type({ reason })}
        rows={2}
        maxLength={500}
        error={error("/reason")}
      />
    </FormFrame>
  );
}
