// Asking a server. Every wait has a limit, long enough for a busy machine.

/** Milliseconds for one thing to happen. */
export const waitTimeout = 30_000;

/** fetch, with that limit. */
export function get(address, options) {
  return fetch(address, { ...options, signal: AbortSignal.timeout(waitTimeout) });
}

export async function getJson(address) {
  return (await get(address)).json();
}
