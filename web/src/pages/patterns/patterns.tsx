/*
 * The page of patterns: every part as it looks empty, loading, failing and offline; then all of
 * them again with too many words, and from right to left. It needs no account and shows invented
 * things.
 */
import type { ReactNode } from "react";
import { Act } from "../../parts/act";
import { ChipShape } from "../../parts/labels";
import { PageHead } from "../../parts/page-head";
import { Section } from "../../parts/section";
import { words } from "../../words";
import { Forms, Sheets } from "./forms";
import { Lists } from "./lists";
import { Signs, States } from "./signs";
import { LONG, RIGHT_TO_LEFT, type Say } from "./samples";

const text = words.patterns;

export function Patterns() {
  return (
    <>
      <div className="wrap">
        <PageHead
          title={text.title}
          facts={[text.about, <ChipShape key="chip" label="clear" />, text.fact]}
          acts={<Act outline>{text.act}</Act>}
        />
        <Gallery say={(ordinary) => ordinary} />
      </div>
      <div className="wrap">
        <h2 className="pattern-all">{text.tooLong}</h2>
        <Gallery say={() => LONG} />
      </div>
      <div className="wrap" dir="rtl" lang="ar">
        <h2 className="pattern-all">{text.rightToLeft}</h2>
        <Gallery say={() => RIGHT_TO_LEFT} />
      </div>
    </>
  );
}

function Gallery({ say }: { say: Say }) {
  return (
    <>
      <Signs say={say} />
      <States say={say} />
      <Lists say={say} />
      <Forms say={say} />
      <Sheets say={say} />
    </>
  );
}

export function Pattern({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Section title={name}>
      <div className="pattern">{children}</div>
    </Section>
  );
}
