/*
 * The frame of a steward's page: its head, and the way to the others. Nobody else has such pages.
 */
import type { ReactNode } from "react";
import type { FactList } from "../../parts/facts";
import { PageHead } from "../../parts/page-head";
import { NothingHere } from "../../shell/nothing-here";
import { Link } from "../../shell/router";
import { useReader } from "../../shell/session";
import { steward } from "../../words/steward";

const text = steward.exchange;

const PARTS = [
  { part: "coverage", to: "/exchange" },
  { part: "organizations", to: "/exchange/organizations" },
  { part: "tokens", to: "/exchange/tokens" },
  { part: "collections", to: "/exchange/collections" },
  { part: "grants", to: "/exchange/grants" },
  { part: "audiences", to: "/exchange/audiences" },
  { part: "elections", to: "/exchange/elections" },
  { part: "holds", to: "/exchange/holds" },
  { part: "audit", to: "/exchange/audit" },
] as const;

type Part = (typeof PARTS)[number]["part"];

interface ExchangePageProps {
  part: Part;
  title: string;
  facts?: FactList;
  acts?: ReactNode;
  children: ReactNode;
}

export function ExchangePage({ part, title, facts, acts, children }: ExchangePageProps) {
  if (!useReader().acting_for.roles.includes("steward")) return <NothingHere />;
  return (
    <div className="wrap">
      <PageHead title={title} facts={facts} acts={acts} />
      <nav aria-label={text.nav.label} className="exchange-nav">
        <ul className="plain-list">
          {PARTS.map(({ part: one, to }) => (
            <li key={one}>
              <Link to={to} aria-current={one === part ? "true" : undefined}>
                {text.nav[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </div>
  );
}
