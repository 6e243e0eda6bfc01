/** The value that a text is JSON of; nothing when it is none. */
export function parseJson<Shape>(text: string): Shape | undefined {
  try {
    return JSON.parse(text) as Shape;
  } catch {
    return undefined;
  }
}
