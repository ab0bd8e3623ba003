/*
 * Which page an address shows. Addresses lie below /app; a page is told its parameters, and its
 * heading gets the focus when the address changes.
 */
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type AnchorHTMLAttributes,
  type MouseEvent,
  type ReactNode,
} from "react";

const ROOT = "/app";

interface Router {
  path: string;
  go: (path: string, how?: { replace?: boolean }) => void;
  /* True once after each change of the address: whose heading asks takes the focus. */
  claimFocus: () => boolean;
}

const Context = createContext<Router | undefined>(undefined);

export function currentPath(): string {
  const { pathname, search } = window.location;
  return (pathname.slice(ROOT.length) || "/") + search;
}

export function RouterProvider({ children }: { children: ReactNode }) {
  const [path, setPath] = useState(currentPath);
  const isFocusDue = useRef(false);

  useEffect(() => {
    const follow = () => {
      isFocusDue.current = true;
      setPath(currentPath());
    };
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);

  const go = useCallback<Router["go"]>((next, how = {}) => {
    const change = how.replace ? "replaceState" : "pushState";
    window.history[change](null, "", ROOT + next);
    isFocusDue.current = true;
    setPath(next);
    window.scrollTo(0, 0);
  }, []);

  const claimFocus = useCallback(() => {
    const isDue = isFocusDue.current;
    isFocusDue.current = false;
    return isDue;
  }, []);

  const value = useMemo(() => ({ path, go, claimFocus }), [path, go, claimFocus]);
  return <Context value={value}>{children}</Context>;
}

export function useRouter(): Router {
  const router = use(Context);
  if (!router) throw new Error("there is no RouterProvider above");
  return router;
}

/* The parameters of a path that fits the pattern ("/briefings/:briefing"), else undefined. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("?", 1)[0]!.split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [n, part] of wanted.entries()) {
    const value = given[n]!;
    if (part.startsWith(":")) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return params;
}

type LinkProps = { to: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href">;

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

/* A link to another page of the application; a new window or a saved link works as ever. */
export function Link({ to, onClick, ...more }: LinkProps) {
  const { go } = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || !isPlainClick(event)) return;
    event.preventDefault();
    go(to);
  };
  return <a {...more} href={ROOT + to} onClick={follow} />;
}
