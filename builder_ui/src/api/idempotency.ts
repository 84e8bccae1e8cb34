// Keys by which the server recognises a request that is sent again.

export interface Keyed {
  key: string;
  content: string;
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A key that stays while the content does: a retry is recognised, something else is a new request. */
export function keyFor(previous: Keyed | null, content: string): Keyed {
  return previous?.content === content ? previous : { key: newKey(), content };
}
