/*
 * The bar at the foot of a page on which something goes out: what happens, and the button that says
 * the act and its size. The number on the button is the confirmation.
 */
import type { ReactNode } from "react";
import { words } from "../words";

export function SendBar({ about, acts }: { about: ReactNode; acts: ReactNode }) {
  return (
    <section className="send-bar" aria-label={words.sendBar}>
      <div className="wrap">
        <div className="second">{about}</div>
        <div className="send-bar-acts">{acts}</div>
      </div>
    </section>
  );
}
