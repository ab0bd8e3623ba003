/*
 * The header: name, the menu, and who one is for whom, with the way to change it.
 */
import { Icon } from "@trussworks/react-uswds";
import { useEffect, useId, useState } from "react";
import type { SignedIn } from "../api/types";
import { words } from "../words";
import { OtherLanguage } from "./language";
import type { NavEntry } from "./pages";
import { Link, useRouter } from "./router";
import { isSignedIn, useSessions } from "./session";
import { Who } from "./who";

interface MenuEntry {
  entry: NavEntry;
  to: string;
}

const ENTRIES: readonly MenuEntry[] = [
  { entry: "home", to: "/" },
  { entry: "briefings", to: "/briefings" },
  { entry: "shared", to: "/shared" },
  { entry: "directory", to: "/directory" },
  { entry: "office", to: "/office" },
  { entry: "exchange", to: "/exchange" },
  { entry: "outbox", to: "/outbox" },
];

/*
 * The exchange is kept by stewards; people by them and by who manages an office; mail is for
 * stewards to see, and on a demo exchange for who hosts.
 */
function mayRead(entry: NavEntry, { acting_for, exchange }: SignedIn): boolean {
  const { roles } = acting_for;
  const isSteward = roles.includes("steward");
  switch (entry) {
    case "office":
      return isSteward || roles.includes("admin");
    case "exchange":
      return isSteward;
    case "outbox":
      return isSteward || (exchange.is_demo && roles.includes("publisher"));
    default:
      return true;
  }
}

export function Header({ nav }: { nav: NavEntry | undefined }) {
  const { session } = useSessions();
  const { path } = useRouter();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);
  const reader = isSignedIn(session) ? session : undefined;
  return (
    <header className={`site-header ${isOpen ? "is-open" : ""}`}>
      <div className="wrap">
        <p className="site-name">
          <Link to="/">{words.name}</Link>
        </p>
        <OtherLanguage />
        {reader && (
          <div className="site-reader" lang="en">
            <button
              type="button"
              className="usa-button usa-button--outline menu-button"
              aria-expanded={isOpen}
              aria-controls="menu"
              onClick={() => setOpen(!isOpen)}
            >
              {words.nav.menu}
            </button>
            <Menu reader={reader} nav={nav} />
            <Search />
            <Who reader={reader} />
          </div>
        )}
      </div>
    </header>
  );
}

function Menu({ reader, nav }: { reader: SignedIn; nav: NavEntry | undefined }) {
  return (
    <nav id="menu" aria-label={words.nav.label}>
      <ul className="plain-list">
        {ENTRIES.filter(({ entry }) => mayRead(entry, reader)).map(({ entry, to }) => (
          <li key={entry}>
            <Link to={to} aria-current={entry === nav ? "true" : undefined}>
              {words.nav[entry]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Search() {
  const { go } = useRouter();
  const [text, setText] = useState("");
  const id = useId();
  return (
    <form
      role="search"
      className="site-search"
      onSubmit={(event) => {
        event.preventDefault();
        go(`/search?${new URLSearchParams({ q: text.trim() })}`);
        setText("");
      }}
    >
      <label className="read-only-aloud" htmlFor={id}>
        {words.nav.search}
      </label>
      <input
        id={id}
        className="usa-input"
        type="search"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="usa-button" aria-label={words.nav.searchAct}>
        <Icon.Search aria-hidden />
      </button>
    </form>
  );
}
