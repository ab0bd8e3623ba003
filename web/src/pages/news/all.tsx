/*
 * What came in, the newest first, page by page: what home shows the beginning of. What of it is
 * asked for stands in the address, so that it can be kept and sent on.
 */
import { usePages } from "../../api/use-pages";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
import { Empty, Ready } from "../../parts/states";
import { Link, useRouter } from "../../shell/router";
import { news as text } from "../../words/news";
import { Things } from "../home/news";
import { askedIn, isNarrowed } from "./asked";
import { Narrow } from "./narrow";

const UNPROCESSABLE = 422;

export function NewsPage() {
  const { path } = useRouter();
  const asked = askedIn(path);
  const { first, items, more } = usePages("/new", { query: { ...asked } });
  const isAll = !isNarrowed(asked);
  const title = isAll || !first.data ? text.title : text.found(items.length, !!more);
  return (
    <div className="wrap">
      <PageHead title={title} facts={[text.about]} />
      <Narrow key={path} asked={asked} problem={first.problem} />
      {first.problem?.status === UNPROCESSABLE ? (
        <SeeAll after={text.wrongAddress} />
      ) : (
        <Ready of={first}>
          {() => (
            <>
              {items.length === 0 && <None isAll={isAll} hasMore={!!more} />}
              <Things things={items} as="h2" />
              <More of={more} />
            </>
          )}
        </Ready>
      )}
      <p className="second after-bars">
        {text.forPrograms}
        <Link to="/search">{text.findOne}</Link>
        {text.orConnect}
        <a href="/">{text.howTo}</a>
        {text.says}
      </p>
    </div>
  );
}

function None({ isAll, hasMore }: { isAll: boolean; hasMore: boolean }) {
  if (isAll) return <Empty>{text.noneYet}</Empty>;
  return hasMore ? <Empty>{text.noneOnPage}</Empty> : <SeeAll after={text.none} />;
}

function SeeAll({ after }: { after: string }) {
  return (
    <Empty>
      {after}
      <Link to="/new">{text.clearAll}</Link>.
    </Empty>
  );
}
