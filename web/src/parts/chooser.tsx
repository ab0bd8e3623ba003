/*
 * Choosing things by name, any number of them: a field that looks for what is typed, and each
 * thing chosen as a line that can be taken out again. (The combo box of the design system, for a
 * list that is too long to be sent to the page.)
 */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { asProblem, type Problem } from "../api/problem";
import { words } from "../words";
import { Act } from "./act";
import { described, Frame } from "./field";
import { Failed } from "./states";

const text = words.chooser;
const PAUSE_MS = 150; // between two letters nothing is asked

export interface Found {
  id: string;
  name: string;
  /* What tells it from others of that name. */
  more?: string;
}

export type Find = (typed: string, signal: AbortSignal) => Promise<Found[]>;

interface ChooserProps {
  label: string;
  hint?: string;
  chosen: readonly Found[];
  find: Find;
  onChoose: (chosen: Found[]) => void;
  error?: string;
  /* One thing, and there must be one: the next takes its place. */
  isOne?: boolean;
}

export function Chooser({ chosen, onChoose, isOne = false, ...field }: ChooserProps) {
  const { label } = field;
  const input = useRef<HTMLInputElement>(null);
  const [said, say] = useState("");
  const takeOut = ({ id, name }: Found) => {
    onChoose(chosen.filter((one) => one.id !== id));
    say(text.takenOut(name));
    input.current?.focus();
  };
  const add = (one: Found) => {
    onChoose(isOne ? [one] : [...chosen, one]);
    say(text.added(one.name));
  };
  return (
    <div className="chooser">
      <Combo {...field} isOptional={!isOne} input={input} without={chosen} onAdd={add} />
      <p role="status" className="read-only-aloud">
        {said}
      </p>
      {chosen.length > 0 && (
        <ul className="rows" aria-label={text.chosen(label)}>
          {chosen.map((one) => (
            <li key={one.id} className="row-with-act">
              <Name of={one} />
              <Act unstyled of={one.name} onAct={() => takeOut(one)}>
                {text.takeOut}
              </Act>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Name({ of: { name, more } }: { of: Found }) {
  return (
    <span>
      {name} {more && <span className="second">{more}</span>}
    </span>
  );
}

/* ---- the field and its list */

interface Sought {
  found: Found[];
  /* What was typed when it was found; absent while the list is closed. */
  for?: string;
  problem?: Problem;
}

const NOTHING: Sought = { found: [] };

function useFound(find: Find, typed: string, isOpen: boolean): Sought {
  const [sought, setSought] = useState(NOTHING);
  useEffect(() => {
    if (!isOpen) {
      setSought(NOTHING);
      return undefined;
    }
    const leaving = new AbortController();
    const look = async () => {
      try {
        setSought({ found: await find(typed.trim(), leaving.signal), for: typed });
      } catch (caught) {
        if (!leaving.signal.aborted) setSought({ found: [], problem: asProblem(caught) });
      }
    };
    const timer = setTimeout(() => void look(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [find, typed, isOpen]);
  return sought;
}

interface ComboProps extends Pick<ChooserProps, "label" | "hint" | "error" | "find"> {
  isOptional: boolean;
  input: React.RefObject<HTMLInputElement | null>;
  without: readonly Found[];
  onAdd: (one: Found) => void;
}

function Combo({ input, without, find, onAdd, ...field }: ComboProps) {
  const { label } = field;
  const id = useId();
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const sought = useFound(find, typed, isOpen);
  const left = sought.found.filter((one) => !without.some((other) => other.id === one.id));
  const isReady = sought.for === typed;
  const close = () => {
    setOpen(false);
    setAt(0);
  };
  const add = (one: Found) => {
    onAdd(one);
    setTyped("");
    close();
  };
  const press = (event: KeyboardEvent) => {
    const act = keyActs({ isOpen, typed, count: left.length })[event.key];
    if (!act) return;
    event.preventDefault();
    if (act === "open") setOpen(true);
    if (act === "close") close();
    if (act === "clear") setTyped("");
    if (act === "next") setAt((at + 1) % left.length);
    if (act === "before") setAt((at + left.length - 1) % left.length);
    if (act === "add" && isReady) add(left[at]!);
  };
  const isList = isOpen && left.length > 0;
  return (
    <Frame id={id} {...field}>
      <input
        ref={input}
        id={id}
        className="usa-input"
        type="text"
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={isList}
        aria-controls={isList ? `${id}-list` : undefined}
        aria-activedescendant={isList ? `${id}-${at}` : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(event.target.value.trim() !== "");
          setAt(0);
        }}
        onKeyDown={press}
        onBlur={close}
        {...described(id, field)}
      />
      {isOpen && (
        <div className="chooser-found">
          {isList && <Options id={id} label={label} options={left} at={at} onAdd={add} />}
          {isReady && !isList && <p className="second">{text.nothing}</p>}
          {sought.problem && <Failed problem={sought.problem} />}
        </div>
      )}
      <p role="status" className="read-only-aloud">
        {isOpen && isReady && text.found(left.length)}
      </p>
    </Frame>
  );
}

type KeyAct = "open" | "close" | "clear" | "next" | "before" | "add" | "nothing";

interface KeyState {
  isOpen: boolean;
  typed: string;
  count: number;
}

/* With words in the field Enter never sends the form around it. */
export function keyActs({ isOpen, typed, count }: KeyState): Partial<Record<string, KeyAct>> {
  const isList = isOpen && count > 0;
  return {
    ArrowDown: isList ? "next" : "open",
    ArrowUp: isList ? "before" : undefined,
    Enter: isList ? "add" : typed ? "nothing" : undefined,
    Escape: isOpen ? "close" : typed ? "clear" : undefined,
  };
}

interface OptionsProps {
  id: string;
  label: string;
  options: readonly Found[];
  at: number;
  onAdd: (one: Found) => void;
}

function Options({ id, label, options, at, onAdd }: OptionsProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label}>
      {options.map((one, n) => (
        <li
          key={one.id}
          id={`${id}-${n}`}
          role="option"
          aria-selected={n === at}
          onMouseDown={(event) => event.preventDefault()} // the field keeps the focus
          onClick={() => onAdd(one)}
        >
          <Name of={one} />
        </li>
      ))}
    </ul>
  );
}
