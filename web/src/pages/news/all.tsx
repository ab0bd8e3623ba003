/*
 * What came in, the newest first, page by page: what home shows the beginning of.
 */
import { usePages } from "../../api/use-pages";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
import { Empty, Ready } from "../../parts/states";
import { Link } from "../../shell/router";
import { words } from "../../words";
import { Things } from "../home/news";

const text = words.home;

export function NewsPage() {
  const { first, items, more } = usePages("/new");
  return (
    <div className="wrap">
      <PageHead title={text.allTitle} facts={[text.allAbout]} />
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 && <Empty>{text.noneYet}</Empty>}
            <Things things={items} as="h2" />
            <More of={more} />
            <p className="second after-bars">
              {text.forPrograms}
              <Link to="/search">{text.findOne}</Link>
              {text.orConnect}
              <a href="/">{text.howTo}</a>
              {text.says}
            </p>
          </>
        )}
      </Ready>
    </div>
  );
}
