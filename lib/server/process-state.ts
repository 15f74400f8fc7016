declare global {
  var assignmentDeskState: Map<string, unknown> | undefined;
}

/**
 * State that exists once per process. Next.js may load a module once per bundle, so a module variable would exist
 * several times. Nothing that must survive the process, or be known to others, belongs here.
 */
export function processState<State>(name: string, create: () => State): State {
  globalThis.assignmentDeskState ??= new Map();
  const states = globalThis.assignmentDeskState;
  if (!states.has(name)) states.set(name, create());
  // A name is created in one place only, so what lies under it is what that place made.
  return states.get(name) as State;
}
