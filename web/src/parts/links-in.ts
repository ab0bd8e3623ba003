/*
 * Telephone numbers and addresses in a text that somebody wrote, so that a phone calls at a touch.
 */
export interface Piece {
  said: string;
  /* Where it leads; absent: words. */
  to?: string;
}

const WEB = /https:\/\/[^\s<>"]+/;
const ABROAD = /\+\d[\d ().-]{6,}\d/;
/* What is cut otherwise may be the code of a meeting. */
const AT_HOME = /(?:\b1[ .-])?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b/;
const LINK = new RegExp([WEB, ABROAD, AT_HOME].map(({ source }) => source).join("|"), "g");

function targetOf(said: string): string {
  return said.startsWith("https:") ? said : `tel:${said.replace(/[^\d+]/g, "")}`;
}

/* What ends a sentence belongs to no address. */
function trimmed(found: string): string {
  return found.replace(/[.,;:!?)]+$/, "");
}

/* The text in pieces, which joined are the text. */
export function linksIn(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: match, index } of text.matchAll(LINK)) {
    const said = trimmed(match);
    if (index > done) pieces.push({ said: text.slice(done, index) });
    pieces.push({ said, to: targetOf(said) });
    done = index + said.length;
  }
  if (done < text.length) pieces.push({ said: text.slice(done) });
  return pieces;
}
