/*
 * What became of somebody one vouched for, where one has to think again.
 */
import type { NewcomerSent } from "../../api/types";
import { Status } from "../../parts/status";
import { words } from "../../words";

export function CameToNothing({ newcomer }: { newcomer: NewcomerSent | undefined }) {
  if (newcomer?.standing !== "lapsed" && newcomer?.standing !== "refused") return null;
  return (
    <p className="came-to-nothing">
      <Status kind="late">{words.newcomer[newcomer.standing](newcomer.name)}</Status>
    </p>
  );
}
