/*
 * The questions of a form that say who somebody is and how to reach them.
 */
import type { Problem } from "../api/problem";
import { TextField } from "./field";

export interface PersonText {
  name: string;
  email: string;
  phone: string;
}

export const NOBODY: PersonText = { name: "", email: "", phone: "" };

interface PersonFieldsProps {
  of: PersonText;
  onChange: (of: PersonText) => void;
  text: PersonText & { phoneHint: string };
  problem: Problem | undefined;
  /* The reader's own, which the browser may know. */
  isOwn?: boolean;
}

export function PersonFields({ of, onChange, text, problem, isOwn }: PersonFieldsProps) {
  return (
    <>
      <TextField
        label={text.name}
        autoComplete={isOwn ? "name" : undefined}
        value={of.name}
        onText={(name) => onChange({ ...of, name })}
        error={problem?.fieldMessage("/name")}
      />
      <TextField
        label={text.email}
        type="email"
        autoComplete={isOwn ? "email" : undefined}
        value={of.email}
        onText={(email) => onChange({ ...of, email })}
        error={problem?.fieldMessage("/email")}
      />
      <TextField
        label={text.phone}
        hint={text.phoneHint}
        inputMode="tel"
        autoComplete={isOwn ? "tel" : undefined}
        value={of.phone}
        onText={(phone) => onChange({ ...of, phone })}
        error={problem?.fieldMessage("/phone")}
      />
    </>
  );
}
