/*
 * One sentence with the sign of its kind before it. The sign stands where USWDS leaves room for it:
 * before the text of an alert, so the words have to be one.
 */
import { Alert, AlertText, type AlertProps } from "@trussworks/react-uswds";

type NoticeProps = Pick<AlertProps, "type" | "children" | "className" | "role">;

export function Notice({ children, ...props }: NoticeProps) {
  return (
    <Alert slim {...props}>
      <AlertText>{children}</AlertText>
    </Alert>
  );
}
