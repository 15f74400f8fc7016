/** Goes on where the person agrees to leave what is unsaved; `go` is where they wanted to go. */
type Guard = (go: () => void) => void;

let guard: Guard | undefined;

/** Lets a page with unsaved work be asked before it is left. Answers how to stop that. */
export function guardLeaving(ask: Guard): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = undefined;
  };
}

/** Leaves the page for another one of ours; with unsaved work on it, only when the person agrees. */
export function leaveFor(go: () => void) {
  if (guard) guard(go);
  else go();
}
