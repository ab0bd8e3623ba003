/*
 * The footer: whom to ask, and what is noted of one's reading.
 */
import { useFrameWords } from "./language";
import { Link } from "./router";
import { useSessions } from "./session";

export function Footer() {
  const { session } = useSessions();
  const { footer: text } = useFrameWords();
  const contact = session?.exchange.contact;
  return (
    <footer className="site-footer">
      <div className="wrap second">
        <p>
          {contact && `${text.contact} ${contact}. `}
          {text.receipts} {session?.person && <Link to="/receipts">{text.whoLooked}</Link>}
        </p>
        <p className="site-footer-links">
          <a href="/">{text.firstPage}</a>
          <a href="/app/notices.txt">{text.notices}</a>
        </p>
      </div>
    </footer>
  );
}
