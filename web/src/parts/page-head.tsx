/*
 * The head of a page: where one is, a heading that states the case, the facts under it, and on its
 * right what else one can do here. The heading takes the focus when the address has changed.
 */
import { Breadcrumb, BreadcrumbBar } from "@trussworks/react-uswds";
import { useEffect, useRef, type ReactNode } from "react";
import { Link, useRouter } from "../shell/router";
import { words } from "../words";
import { Facts, type FactList } from "./facts";

export interface Crumb {
  title: string;
  to: string;
}

interface PageHeadProps {
  title: string;
  crumbs?: Crumb[];
  /* The last crumb, where it differs from the heading. */
  here?: string;
  over?: ReactNode;
  facts?: FactList;
  acts?: ReactNode;
  /* A sample of a head on a page that has its own. */
  level?: 3;
}

export function PageHead({ title, crumbs, here, over, facts = [], acts, level }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { path, claimFocus } = useRouter();

  useEffect(() => {
    if (level) return;
    document.title = `${title} · ${words.name}`;
    if (claimFocus()) heading.current?.focus({ preventScroll: true });
  }, [title, path, claimFocus, level]);

  return (
    <div className="page-head">
      {crumbs && <Crumbs crumbs={crumbs} here={here ?? title} />}
      {over && <p className="second">{over}</p>}
      <div className="page-head-line">
        {level ? (
          <h3 className="page-head-sample">{title}</h3>
        ) : (
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        )}
        {acts && <div className="page-head-acts">{acts}</div>}
      </div>
      <Facts of={facts} />
    </div>
  );
}

function Crumbs({ crumbs, here }: { crumbs: Crumb[]; here: string }) {
  const before = crumbs.map(({ title, to }) => (
    <Breadcrumb key={to}>
      <Link className="usa-breadcrumb__link" to={to}>
        <span>{title}</span>
      </Link>
    </Breadcrumb>
  ));
  return (
    <BreadcrumbBar variant="wrap" navProps={{ "aria-label": words.crumbs }}>
      {[
        ...before,
        <Breadcrumb key="here" current>
          <span>{here}</span>
        </Breadcrumb>,
      ]}
    </BreadcrumbBar>
  );
}
