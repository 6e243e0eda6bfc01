/** Parses JSON; returns undefined for an invalid text. */
export function parseJson<Shape>(text: string): Shape | undefined {
  try {
    return JSON.parse(text) as Shape;
  } catch {
    return undefined;
  }
}
