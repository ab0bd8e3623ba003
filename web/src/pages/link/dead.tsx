/*
 * A link that opens nothing: the reasons there are, and what to do. Which of them it is nobody is
 * told, since a link that was guessed looks the same.
 */
import { PageHead } from "../../parts/page-head";
import { Link } from "../../shell/router";
import { useSessions } from "../../shell/session";
import { useSpoken } from "../../words/spoken";

export function Dead() {
  const { session } = useSessions();
  const { link: text, signIn } = useSpoken();
  const contact = session?.exchange.contact;
  return (
    <div className="wrap link-page">
      <PageHead title={text.dead} />
      <ul className="link-reasons">
        {text.deadReasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <p>{contact ? signIn.help.steward(contact) : signIn.help.noContact}</p>
      <p className="link-next">
        <Link className="usa-button" to="/">
          {text.toSignIn}
        </Link>
      </p>
    </div>
  );
}
