/*
 * One question of a form: its label, what helps to answer it, what is wrong with the answer, and
 * the input, tied together for a screen reader.
 */
import {
  ErrorMessage,
  FormGroup,
  Label,
  Select,
  Textarea,
  TextInput,
} from "@trussworks/react-uswds";
import { useId, type ComponentProps, type ReactNode } from "react";
import { words } from "../words";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string;
  isOptional?: boolean;
}

type TextProps = FieldProps & {
  value: string;
  onText: (value: string) => void;
};

export function Frame({
  id,
  label,
  hint,
  error,
  isOptional,
  children,
}: FieldProps & { id: string; children: ReactNode }) {
  return (
    <FormGroup error={error !== undefined} className="field">
      <Label htmlFor={id} error={error !== undefined}>
        {label}
        {isOptional && <span className="usa-hint"> {words.forms.optional}</span>}
      </Label>
      {hint && (
        <div id={`${id}-hint`} className="usa-hint">
          {hint}
        </div>
      )}
      {error && <ErrorMessage id={`${id}-error`}>{error}</ErrorMessage>}
      {children}
    </FormGroup>
  );
}

export function described(id: string, { hint, error }: Pick<FieldProps, "hint" | "error">) {
  const by = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return { "aria-describedby": by || undefined, "aria-invalid": error ? true : undefined };
}

type TextFieldProps = TextProps &
  Pick<ComponentProps<"input">, "autoComplete" | "inputMode" | "maxLength" | "min" | "max"> & {
    type?: "text" | "email" | "password" | "search" | "number" | "date" | "time";
    className?: string;
    /* What the browser offers while one types; anything else may be typed. */
    suggestions?: readonly string[];
  };

export function TextField({
  value,
  onText,
  type = "text",
  className,
  suggestions,
  ...more
}: TextFieldProps) {
  const id = useId();
  const { label, hint, error, isOptional, ...input } = more;
  const field = { label, hint, error, isOptional };
  return (
    <Frame id={id} {...field}>
      <TextInput
        id={id}
        name={id}
        // The part allows fewer types than browsers know; date and time are plain inputs too.
        type={type as "text"}
        className={className}
        validationStatus={error ? "error" : undefined}
        value={value}
        onChange={(event) => onText(event.target.value)}
        list={suggestions && `${id}-list`}
        {...input}
        {...described(id, field)}
      />
      {suggestions && (
        <datalist id={`${id}-list`}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </Frame>
  );
}

export function TextAreaField({
  value,
  onText,
  rows = 3,
  maxLength,
  ...field
}: TextProps & { rows?: number; maxLength?: number }) {
  const id = useId();
  return (
    <Frame id={id} {...field}>
      <Textarea
        id={id}
        name={id}
        rows={rows}
        maxLength={maxLength}
        error={field.error !== undefined}
        value={value}
        onChange={(event) => onText(event.target.value)}
        {...described(id, field)}
      />
    </Frame>
  );
}

interface FileFieldProps extends FieldProps {
  /* Endings and media types that the browser offers first. */
  accept: string;
  onFile: (file: File | undefined) => void;
}

export function FileField({ accept, onFile, ...field }: FileFieldProps) {
  const id = useId();
  return (
    <Frame id={id} {...field}>
      <input
        id={id}
        name={id}
        type="file"
        accept={accept}
        className="file-field"
        onChange={(event) => onFile(event.target.files?.[0])}
        {...described(id, field)}
      />
    </Frame>
  );
}

export interface Choice<V extends string> {
  value: V;
  name: string;
}

interface SelectFieldProps<V extends string> extends FieldProps {
  value: V;
  choices: readonly Choice<V>[];
  onChoice: (value: V) => void;
}

export function SelectField<V extends string>({
  value,
  choices,
  onChoice,
  ...field
}: SelectFieldProps<V>) {
  const id = useId();
  const choose = (chosen: string) => {
    const found = choices.find((choice) => choice.value === chosen);
    if (found) onChoice(found.value);
  };
  return (
    <Frame id={id} {...field}>
      <Select
        id={id}
        name={id}
        value={value}
        onChange={(event) => choose(event.target.value)}
        {...described(id, field)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.name}
          </option>
        ))}
      </Select>
    </Frame>
  );
}
