/*
 * What says something: heads, labels, status words, times, strips; and what stands where something
 * is not there.
 */
import { Act } from "../../parts/act";
import { Chip, LABELS, reachOf } from "../../parts/chip";
import { DraftState } from "../../parts/draft-state";
import { ExercisePrinted, ExerciseStrip, ExerciseWord } from "../../parts/exercise-strip";
import { Facts } from "../../parts/facts";
import { ChipShape } from "../../parts/labels";
import { NextStep } from "../../parts/next-step";
import { Notice } from "../../parts/notice";
import { PageHead } from "../../parts/page-head";
import { Address, Linked, MailTo, Phone } from "../../parts/reach";
import { SendBar } from "../../parts/send-bar";
import { Labelled } from "../../parts/sheet";
import { Empty, Failed, Loading, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { Times } from "../../parts/times";
import { WhomToCall } from "../../parts/way-on";
import { Readers } from "../../parts/who-reads";
import { words } from "../../words";
import { Pattern } from "./patterns";
import { inEachState, OFFLINE, REFUSED, TWICE, WHEN, type Say } from "./samples";

const text = words.patterns;
const nothing = async () => undefined;

export function Signs({ say }: { say: Say }) {
  return (
    <>
      <Pattern name={text.heads}>
        <Head say={say} />
      </Pattern>
      <Pattern name={text.labels}>
        <dl className="label-words">
          {LABELS.map((label) => (
            <div key={label}>
              <dt>
                <ChipShape label={label} />
              </dt>
              <dd>{reachOf(label)}</dd>
            </div>
          ))}
        </dl>
        <Labelled label="clear">
          <Chip label="clear" /> {say(text.labelled)}
        </Labelled>
      </Pattern>
      <Pattern name={text.status}>
        <div className="acts">
          <Status kind="done">{say(text.done)}</Status>
          <Status kind="open">{say(text.open)}</Status>
          <Status kind="late">{say(text.late)}</Status>
          <Status kind="none">{say(text.none)}</Status>
        </div>
      </Pattern>
      <Pattern name={text.times}>
        <Times when={WHEN} />
        <Times when={TWICE} />
      </Pattern>
      <Pattern name={text.reach}>
        <p>
          <Phone number="+1 202 555 0142" />, <MailTo address={text.reachMail} />,{" "}
          <Address of={text.reachMail} />
        </p>
        <p>
          {say(text.office)}: <Linked text={text.reachText} />
        </p>
      </Pattern>
      <Pattern name={text.strips}>
        <ExerciseStrip isWhole />
        <br />
        <ExerciseStrip isWhole={false} />
        <br />
        <ExerciseWord of={{ is_exercise: true }} /> <ExercisePrinted /> {say(text.exercise)}
        <NextStep
          what={say(text.stepWhat)}
          more={say(text.stepMore)}
          acts={<Act>{say(text.stepAct)}</Act>}
        />
        <SendBar about={<p>{say(text.sendAbout)}</p>} acts={<Act>{say(text.sendAct)}</Act>} />
      </Pattern>
    </>
  );
}

function Head({ say }: { say: Say }) {
  return (
    <>
      <nav aria-label={text.heads}>
        <WhomToCall reason="declined" of={{ name: say(text.office) }} />
      </nav>
      <PageHead
        level={3}
        crumbs={[{ title: say(text.crumb), to: "/briefings" }]}
        here={say(text.here)}
        over={say(text.over)}
        title={say(text.headTitle)}
        facts={[say(text.factOne), text.factTwo]}
        acts={<Act outline>{say(text.act)}</Act>}
      />
      <Facts of={[say(text.factOne), text.factTwo]} />
    </>
  );
}

export function States({ say }: { say: Say }) {
  return (
    <Pattern name={text.states}>
      <Loading />
      <Empty>{say(text.empty)}</Empty>
      <Failed problem={REFUSED} what={say(text.notDone)} again={nothing} />
      <Failed problem={OFFLINE} what={say(text.notDone)} again={nothing} />
      <Notice type="success">{say(text.done)}</Notice>
      <Notice type="warning">{say(text.late)}</Notice>
      {inEachState(say(text.there)).map((one, n) => (
        <Ready key={n} of={one}>
          {(data) => <p>{data}</p>}
        </Ready>
      ))}
      {inEachState({ people: 612, organizations: 233, has_names: true }).map((one, n) => (
        <Readers key={n} of={one} names={<p>{say(text.office)}</p>} />
      ))}
      <p>
        <DraftState kept={kept(new Date(WHEN.start ?? ""))} />
      </p>
      <p>
        <DraftState kept={{ ...kept(undefined), problem: OFFLINE }} />
      </p>
    </Pattern>
  );
}

function kept(keptAt: Date | undefined) {
  return { draft: {}, change: () => undefined, drop: nothing, keptAt, problem: undefined };
}
