/*
 * How somebody is reached: a number that a phone calls at a touch, an address that mail is written
 * to. An address may be cut into two lines where its parts meet, and nowhere else.
 */
import { Fragment } from "react";
import { linksIn } from "./links-in";

export function Phone({ number, children }: { number: string; children?: string }) {
  return (
    <a className="phone" href={`tel:${number.replace(/[^\d+]/g, "")}`}>
      {children ?? number}
    </a>
  );
}

export function MailTo({ address }: { address: string }) {
  return (
    <a href={`mailto:${address}`}>
      <Address of={address} />
    </a>
  );
}

export function Address({ of: address }: { of: string }) {
  return address.split(/(?=[@.])/).map((part, n) => (
    <Fragment key={n}>
      {n > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/* A text of somebody's, whose numbers and addresses lead there. */
export function Linked({ text }: { text: string }) {
  return linksIn(text).map(({ said, to }, n) =>
    to ? (
      <a key={n} href={to} rel="noreferrer">
        {said}
      </a>
    ) : (
      said
    ),
  );
}
