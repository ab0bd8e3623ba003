/*
 * A few numbers as bars, each with its number. A screen reader hears name and number.
 */
export interface Bar {
  name: string;
  value: number;
}

export function Bars({ of: bars, all }: { of: Bar[]; all: number }) {
  return (
    <dl className="bars">
      {bars.map(({ name, value }) => (
        <div key={name} className="bar-row">
          <dt>{name}</dt>
          <dd>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect className="bar-all" width="100" height="10" />
              <rect className="bar" width={all > 0 ? (100 * value) / all : 0} height="10" />
            </svg>
            <span>{value.toLocaleString("en-US")}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
