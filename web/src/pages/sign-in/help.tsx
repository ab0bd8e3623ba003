/*
 * The way back in for who has lost theirs, in the order in which to try (B5).
 */
import { Section } from "../../parts/section";
import { useSpoken } from "../../words/spoken";

export function Help({ contact }: { contact: string | undefined }) {
  const text = useSpoken().signIn.help;
  return (
    <Section title={text.title} className="sign-in-help">
      <ol>
        {text.order.map((step) => (
          <li key={step}>{step}</li>
        ))}
        <li>{contact ? text.steward(contact) : text.noContact}</li>
      </ol>
      <p className="second">{text.suspended}</p>
      <p className="second">{text.never}</p>
    </Section>
  );
}
