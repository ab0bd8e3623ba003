/*
 * What stands where something is not there: it is on its way, it did not come, or there is none.
 */
import type { ReactNode } from "react";
import type { Problem } from "../api/problem";
import type { Resource } from "../api/use-resource";
import { useFrameWords } from "../shell/language";
import { Act } from "./act";
import { Notice } from "./notice";

export function Loading({ what }: { what?: string }) {
  const { states } = useFrameWords();
  return (
    <p className="loading second" role="status">
      {what ?? states.loading}
    </p>
  );
}

/* An empty place says what would stand there, or what one can do. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

interface FailedProps {
  problem: Problem;
  /* What was not done: "Your answer is not sent yet." */
  what?: string;
  again?: () => Promise<void>;
}

export function Failed({ problem, what, again }: FailedProps) {
  const { states } = useFrameWords();
  const said = states.refused[problem.status] ?? problem.message;
  return (
    <Notice type={problem.isOffline ? "warning" : "error"} role="alert" className="failed">
      {what && <b>{what} </b>}
      {problem.isOffline ? states.offline : said}
      {problem.retrySeconds && `. ${states.wait(problem.retrySeconds)}`}{" "}
      {again && (
        <Act unstyled onAct={again}>
          {states.again}
        </Act>
      )}
    </Notice>
  );
}

interface ReadyProps<T> {
  of: Resource<T>;
  children: (data: T) => ReactNode;
}

/* Shows a resource once it is there; a failed reload leaves what was there, and says so. */
export function Ready<T>({ of: resource, children }: ReadyProps<T>) {
  const { data, problem, reload } = resource;
  return (
    <>
      {problem && <Failed problem={problem} again={reload} />}
      {data !== undefined ? children(data) : !problem && <Loading />}
    </>
  );
}
