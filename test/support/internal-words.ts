/** Terms of the service and of Chime that the people at the room's page need not know. */
const TERMS =
  /\b(epochs?|ordinals?|replicas?|primary|primaries|seat(s|ed)?|attendees?|topolog(y|ies)|placements?|participants?|(pro|de)mot(e|ed|es|ion|ions)|tickets?|leases?|claims?|mint(ed|s)?|incarnations?|reconcilers?|(media|control) regions?|Chime|bearer)\b/gi;
/** The id of a region, the name of a field, and a code. */
const IDS = /\b[a-z]{2}(-gov)?-[a-z]+-\d\b|\b[a-z]+[A-Z]\w*\b|\b[A-Z]+_[A-Z_]+\b/g;

/** The internal words in a text that people read, each once. */
export function internalWordsIn(text: string): string[] {
  return [...new Set([...text.matchAll(TERMS), ...text.matchAll(IDS)].map(([word]) => word))];
}
