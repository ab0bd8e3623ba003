/*
 * Who is signed in. One answer of /session holds for every page until it is changed here.
 */
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { bringAhead } from "../api/ahead";
import { addressOf, request, setCsrf } from "../api/client";
import { sessionAgain, sessionOver } from "../api/ending";
import { asProblem, type Problem } from "../api/problem";
import type { Session, SignedIn } from "../api/types";
import { browserZone } from "../time/time";
import { currentPath } from "./router";

interface Said {
  sentence: string;
  /* The address under which it stands. */
  at: string;
}

interface Sessions {
  session: Session | undefined;
  problem: Problem | undefined;
  setSession: (session: Session) => void;
  reload: () => Promise<void>;
  /* It ended while a page was open; `session` is still the one that was. */
  isOver: boolean;
  /* A sentence on what has just been done, shown over the page until one goes on. */
  said: Said | undefined;
  say: (sentence: string) => void;
  unsay: () => void;
}

const Context = createContext<Sessions | undefined>(undefined);

export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, keep] = useState<Session>();
  const [problem, setProblem] = useState<Problem>();
  const [wasRefused, setRefused] = useState(false);
  const [said, setSaid] = useState<Said>();
  const say = useCallback(
    (sentence: string) => setSaid({ sentence, at: window.location.pathname }),
    [],
  );
  const unsay = useCallback(() => setSaid(undefined), []);
  /* A refusal that comes while one signs out is none of a session that is still to be seen. */
  const isOver = wasRefused && isSignedIn(session);
  const over = useRef(isOver);
  over.current = isOver;

  /* Somebody who is half way back in is told what is due, over the session that was. */
  const setSession = useCallback((next: Session) => {
    setCsrf(next.csrf);
    setProblem(undefined);
    const isStillOver = over.current && next.needs !== undefined;
    if (isStillOver) return;
    keep(next);
    setRefused(false);
    if (over.current) sessionAgain.tell();
  }, []);

  useEffect(() => sessionOver.on(() => setRefused(true)), []);

  const isKnown = useRef(false);
  isKnown.current = session !== undefined;
  const reload = useCallback(async () => {
    try {
      setSession(isKnown.current ? (await request("get", "/session")).data : await askFirst());
    } catch (caught) {
      setProblem(asProblem(caught));
    }
  }, [setSession]);

  useEffect(() => void reload(), [reload]);
  const value = useMemo(
    () => ({ session, problem, setSession, reload, isOver, said, say, unsay }),
    [session, problem, setSession, reload, isOver, said, say, unsay],
  );
  return <Context value={value}>{children}</Context>;
}

/* Home is the first page of nearly everybody: it comes in the same answer (P2). */
async function askFirst(): Promise<Session> {
  const isHome = () => currentPath() === "/";
  const query = { with: isHome() ? "home" : undefined };
  const { home, ...session } = (await request("get", "/session", { query })).data;
  if (home && isHome()) bringAhead(addressOf("/home", {}), home);
  return session;
}

export function useSessions(): Sessions {
  const sessions = use(Context);
  if (!sessions) throw new Error("there is no SessionProvider above");
  return sessions;
}

export function isSignedIn(session: Session | undefined): session is SignedIn {
  return session?.person !== undefined && session.acting_for !== undefined;
}

/* For pages that only who is signed in can see. */
export function useReader(): SignedIn {
  const { session } = useSessions();
  if (!isSignedIn(session)) throw new Error("nobody is signed in");
  return session;
}

/* The zone in which this reader's own times are shown. */
export function useZone(): string {
  const { session } = useSessions();
  return session?.person?.timezone || browserZone();
}
