/*
 * Signing in: on a demo exchange by sitting down in somebody's chair, else with e-mail address and
 * password.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Chair, Session } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { PageHead } from "../../parts/page-head";
import { Failed, Ready } from "../../parts/states";
import { useSessions } from "../../shell/session";
import { words } from "../../words";

const text = words.signIn;

export function SignIn() {
  const { session } = useSessions();
  const [wantsPassword, setWantsPassword] = useState(false);
  if (!session?.exchange.is_demo || wantsPassword) return <WithPassword />;
  return <Chairs onPassword={() => setWantsPassword(true)} />;
}

function Chairs({ onPassword }: { onPassword: () => void }) {
  const chairs = useResource("/demo/chairs");
  const { setSession } = useSessions();
  const sit = useAct(async (_, chair: string) => {
    setSession((await request("post", "/demo/chairs/{chair}", { params: { chair } })).data);
  });
  return (
    <div className="wrap">
      <PageHead title={text.chairsTitle} />
      <p className="sign-in-about">{text.chairsAbout}</p>
      {sit.problem && <Failed problem={sit.problem} what={text.failed} />}
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

function ChairCard({ chair, onTake }: { chair: Chair; onTake: () => Promise<void> }) {
  return (
    <li className="chair">
      <h2>{chair.title}</h2>
      <p>
        <b>{chair.person}</b>, {chair.organization}
      </p>
      {chair.about && <p className="second">{chair.about}</p>}
      <Act outline onAct={onTake}>
        {text.take(chair.title.toLowerCase())}
      </Act>
    </li>
  );
}

function WithPassword() {
  const { setSession } = useSessions();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isShared, setShared] = useState(false);
  const [needs, setNeeds] = useState<Session["needs"]>();
  const act = useAct(async () => {
    const body = { email, password, is_shared_computer: isShared };
    const { data } = await request("post", "/session", { body });
    setNeeds(data.needs);
    setSession(data);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  return (
    <form className="wrap sign-in" onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={text.failed} />}
      <PageHead title={text.title} />
      {needs && <p role="alert">{text.second}</p>}
      <TextField
        label={text.email}
        type="email"
        autoComplete="username"
        value={email}
        onText={setEmail}
        error={act.problem?.fieldMessage("/email")}
      />
      <TextField
        label={text.password}
        type="password"
        autoComplete="current-password"
        value={password}
        onText={setPassword}
        error={act.problem?.fieldMessage("/password")}
      />
      <Checkbox
        id="shared"
        name="shared"
        label={text.shared}
        labelDescription={text.sharedHint}
        checked={isShared}
        onChange={(event) => setShared(event.target.checked)}
      />
      <Act isSubmit isBusy={act.isBusy}>
        {text.act}
      </Act>
    </form>
  );
}
