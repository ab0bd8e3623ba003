/*
 * The chairs of a demo exchange.
 */
import { request } from "../../api/client";
import type { Chair, Session } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { PageHead } from "../../parts/page-head";
import { Failed, Ready } from "../../parts/states";
import { useSpoken } from "../../words/spoken";

interface ChairsProps {
  onAnswer: (session: Session) => void;
  onPassword: () => void;
}

export function Chairs({ onAnswer, onPassword }: ChairsProps) {
  const { signIn: text } = useSpoken();
  const chairs = useResource("/demo/chairs");
  const sit = useAct(async (_, chair: string) => {
    onAnswer((await request("post", "/demo/chairs/{chair}", { params: { chair } })).data);
  });
  return (
    <div className="wrap">
      {sit.problem && <Failed problem={sit.problem} what={text.failed} />}
      <PageHead title={text.chairsTitle} />
      <p className="sign-in-about">{text.chairsAbout}</p>
      <Ready of={chairs}>
        {({ items }) => (
          <ul className="chairs plain-list">
            {items.map((chair) => (
              <ChairCard key={chair.id} chair={chair} onTake={() => sit.run(chair.id)} />
            ))}
          </ul>
        )}
      </Ready>
      <p>
        <Act unstyled onAct={onPassword}>
          {text.withPassword}
        </Act>
      </p>
    </div>
  );
}

/* What stands in the chair is English. */
function ChairCard({ chair, onTake }: { chair: Chair; onTake: () => Promise<void> }) {
  const { signIn: text } = useSpoken();
  return (
    <li className="chair">
      <h2 lang="en">{chair.title}</h2>
      <p lang="en">
        <b>{chair.person}</b>, {chair.organization}
      </p>
      {chair.about && (
        <p lang="en" className="second">
          {chair.about}
        </p>
      )}
      <Act outline onAct={onTake}>
        {text.take(chair.title.toLowerCase())}
      </Act>
    </li>
  );
}
