/*
 * A QR code as a drawing: one square for each dark module, with the quiet zone that readers need.
 */
import qrcode from "qrcode-generator";
import { useMemo } from "react";

const QUIET = 4;

/* One path, "M4 5h1v1h-1z…", and how wide it is with its margins. */
function drawing(content: string): { path: string; size: number } {
  const code = qrcode(0, "M");
  code.addData(content);
  code.make();
  const count = code.getModuleCount();
  const rows = [...Array(count).keys()];
  const dark = rows.flatMap((y) => rows.filter((x) => code.isDark(y, x)).map((x) => [x, y]));
  const path = dark.map(([x = 0, y = 0]) => `M${x + QUIET} ${y + QUIET}h1v1h-1z`).join("");
  return { path, size: count + 2 * QUIET };
}

export function QrCode({ content, label }: { content: string; label: string }) {
  const { path, size } = useMemo(() => drawing(content), [content]);
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={size} height={size} fill="white" />
      <path d={path} fill="black" />
    </svg>
  );
}
