/*
 * Something to be copied that is shown once: in a field that can be selected, and a button.
 */
import { TextInput } from "@trussworks/react-uswds";
import { useId, useState } from "react";
import { Act } from "./act";

interface CopyProps {
  label: string;
  value: string;
  act: string;
  done: string;
}

export function Copy({ label, value, act, done }: CopyProps) {
  const id = useId();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <div className="copy">
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        name={id}
        type="text"
        readOnly
        value={value}
        onFocus={(event) => event.target.select()}
      />
      <p role="status">
        {"clipboard" in navigator && (
          <Act outline onAct={copy}>
            {act}
          </Act>
        )}{" "}
        {isCopied && done}
      </p>
    </div>
  );
}
