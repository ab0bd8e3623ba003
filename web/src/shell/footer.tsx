/*
 * The footer: whom to ask, and what is noted of one's reading.
 */
import { words } from "../words";
import { Link } from "./router";
import { useSessions } from "./session";

export function Footer() {
  const { session } = useSessions();
  const contact = session?.exchange.contact;
  return (
    <footer className="site-footer">
      <div className="wrap second">
        <p>
          {contact && `${words.footer.contact} ${contact}. `}
          {words.footer.receipts}{" "}
          {session?.person && <Link to="/receipts">{words.footer.whoLooked}</Link>}
        </p>
        <p className="site-footer-links">
          <a href="/">{words.footer.firstPage}</a>
          <a href="/app/notices.txt">{words.footer.notices}</a>
        </p>
      </div>
    </footer>
  );
}
