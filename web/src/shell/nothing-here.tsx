/*
 * What stands at an address that shows nothing, or nothing to this reader; the same for both.
 */
import { PageHead } from "../parts/page-head";
import { words } from "../words";
import { Link } from "./router";

export function NothingHere() {
  return (
    <div className="wrap">
      <PageHead title={words.states.goneTitle} />
      <p>{words.states.gone}</p>
      <p>
        <Link to="/">{words.states.toHome}</Link>
      </p>
    </div>
  );
}
