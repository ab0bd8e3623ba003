/*
 * Where a program connects that has a token: the two addresses, the ids of the collections, and
 * where each tool's own setting stands.
 */
import { useState } from "react";
import { useResource } from "../../api/use-resource";
import { Copy } from "../../parts/copy";
import { Ready } from "../../parts/states";
import { account } from "../../words/account";

const text = account.connect;

export function Connect({ isOpen = false }: { isOpen?: boolean }) {
  const [isShown, setShown] = useState(isOpen);
  return (
    <details
      className="connect"
      open={isOpen}
      onToggle={(event) => setShown(event.currentTarget.open)}
    >
      <summary>
        <b>{text.title}</b>
      </summary>
      {isShown && <Addresses />}
    </details>
  );
}

function Addresses() {
  const collections = useResource("/collections");
  const copy = { act: account.tokens.copy, done: account.tokens.copied };
  return (
    <>
      <Copy label={text.discovery} value={`${window.location.origin}/taxii2/`} {...copy} />
      <Copy label={text.root} value={`${window.location.origin}/exchange/`} {...copy} />
      <p>
        {text.how} <a href="/#connect">{text.tools}</a>
      </p>
      <h3>{text.collections}</h3>
      <Ready of={collections}>
        {({ items }) => (
          <ul className="rows">
            {items.map(({ id, title }) => (
              <li key={id}>
                {title}
                <p className="second token-id">{id}</p>
              </li>
            ))}
          </ul>
        )}
      </Ready>
    </>
  );
}
