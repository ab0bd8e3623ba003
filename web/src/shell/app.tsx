/*
 * The frame round every page: strip, header, the page itself, footer; and what stands in its place
 * while it is fetched, where it failed, and where nobody is signed in.
 */
import { Component, Suspense, useEffect, type ReactNode } from "react";
import { useIsExercise } from "../api/exercise";
import { ExerciseStrip } from "../parts/exercise-strip";
import { Notice } from "../parts/notice";
import { PageHead } from "../parts/page-head";
import { Sheet } from "../parts/sheet";
import { Failed, Loading } from "../parts/states";
import { words } from "../words";
import { fetchAhead } from "./chunks";
import { Footer } from "./footer";
import { Header } from "./header";
import { useKeptFocus } from "./kept-focus";
import { LanguageProvider, useFrameWords } from "./language";
import { NothingHere } from "./nothing-here";
import { NEXT_CHUNKS, pageFor, SignIn, type FoundPage } from "./pages";
import { RouterProvider, useRouter } from "./router";
import { useSeenFaults } from "./seen-faults";
import { isSignedIn, SessionProvider, useSessions } from "./session";

export function App() {
  return (
    <RouterProvider>
      <SessionProvider>
        <Spoken />
      </SessionProvider>
    </RouterProvider>
  );
}

/* Signing in is in Spanish too; what comes after it is in English. */
function Spoken() {
  const { session } = useSessions();
  const { path } = useRouter();
  const isSigningIn = session !== undefined && !isSignedIn(session);
  const isForAnyone = pageFor(path)?.isPublic ?? false;
  const isBilingual = isForAnyone ? pageFor(path)?.isBilingual : isSigningIn;
  return (
    <LanguageProvider isBilingual={isBilingual ?? false}>
      <Frame />
    </LanguageProvider>
  );
}

function Frame() {
  const { session, isOver } = useSessions();
  const { path } = useRouter();
  const found = pageFor(path);
  const isWhole = session?.exchange.is_exercise ?? false;
  const isPart = useIsExercise();
  const { skip } = useFrameWords();
  useKeptFocus();
  useSeenFaults();
  const mayStay = !session?.is_shared_computer; // else whoever sits down next could look
  return (
    <div className="frame">
      <a className="usa-skipnav" href="#main">
        {skip}
      </a>
      {(isWhole || isPart) && <ExerciseStrip isWhole={isWhole} />}
      <Header nav={found?.nav} />
      <main id="main" tabIndex={-1}>
        <Said />
        <Guard key={path}>
          {isOver && (
            <Fetched>
              <SignIn params={{}} />
            </Fetched>
          )}
          {(!isOver || mayStay) && (
            <div hidden={isOver}>
              <Sheet>
                <Page found={found} />
              </Sheet>
            </div>
          )}
        </Guard>
      </main>
      <Footer />
    </div>
  );
}

/* What has just been done, until the address changes. */
function Said() {
  const { said, unsay } = useSessions();
  const { path } = useRouter();
  useEffect(() => {
    if (said && said.at !== window.location.pathname) unsay();
  }, [path, said, unsay]);
  return (
    <div role="status" className="wrap">
      {said && (
        <Notice type="success" className="said">
          {said.sentence}
        </Notice>
      )}
    </div>
  );
}

function Page({ found }: { found: FoundPage | undefined }) {
  const { session, problem, reload } = useSessions();
  const isIn = isSignedIn(session);
  useEffect(() => (isIn ? fetchAhead(NEXT_CHUNKS) : undefined), [isIn]);
  if (found?.isPublic) return <Shown found={found} />;
  if (problem && !session) {
    return (
      <Wrap>
        <Failed problem={problem} again={reload} />
      </Wrap>
    );
  }
  if (!session) {
    return (
      <Wrap>
        <Loading />
      </Wrap>
    );
  }
  if (!isSignedIn(session)) {
    return (
      <Fetched>
        <SignIn params={{}} />
      </Fetched>
    );
  }
  // Another organization sees other things: every page begins anew.
  const reader = `${session.person.id} ${session.acting_for.organization.id}`;
  return found ? <Shown key={reader} found={found} /> : <NothingHere />;
}

function Shown({ found }: { found: FoundPage }) {
  return (
    <Fetched>
      <found.page params={found.params} />
    </Fetched>
  );
}

/* What may have to be fetched before it is shown. */
function Fetched({ children }: { children: ReactNode }) {
  const { states } = useFrameWords();
  return (
    <Suspense
      fallback={
        <Wrap>
          <Loading what={states.loadingPage} />
        </Wrap>
      }
    >
      {children}
    </Suspense>
  );
}

function Wrap({ children }: { children: ReactNode }) {
  return <div className="wrap">{children}</div>;
}

/* What a page throws while it is drawn, or when its script cannot be fetched. */
class Guard extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <Wrap>
        <PageHead title={words.states.ourFault} />
        <p>
          <a href={window.location.href}>{words.states.again}</a>
        </p>
      </Wrap>
    );
  }
}
