/*
 * A session that ends while its pages are open. Whoever asks the exchange finds out; the shell
 * shows how to sign in again, and what waited for an answer asks anew once somebody has.
 */
type Listener = () => void;

interface Signal {
  on: (listener: Listener) => Listener;
  tell: () => void;
}

function signal(): Signal {
  const listeners = new Set<Listener>();
  return {
    /* Gives what ends the listening. */
    on: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: () => listeners.forEach((listener) => listener()),
  };
}

/* A request was refused for want of a session. */
export const sessionOver = signal();
/* Somebody has signed in again over the same pages. */
export const sessionAgain = signal();
