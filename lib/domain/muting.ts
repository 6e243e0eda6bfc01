import {
  type Capabilities,
  capabilityFault,
  type MeetingFeatures,
  mutedCapabilities,
} from './capabilities.ts';

/** Somebody on stage, as far as muting goes. */
interface OnStage {
  Attendee: { Capabilities?: Capabilities };
}

/** Who is muted how, and what they may do then. */
export interface Muting<Person> {
  /** What one batch leaves to all who have the usual capabilities. */
  usual: Capabilities;
  together: Person[];
  /** With video and content of their own, which they keep. */
  alone: { person: Person; capabilities: Capabilities }[];
  /** Their audio was taken wholly: to mute them would let them listen again. */
  left: Person[];
}

/** How to take everybody's microphone, and nothing else, and to give nobody anything. */
export function mutingOf<Person extends OnStage>(
  people: readonly Person[],
  features?: MeetingFeatures,
): Muting<Person> {
  const usual = mutedCapabilities(features);
  const muting: Muting<Person> = { usual, together: [], alone: [], left: [] };
  for (const person of people) {
    const theirs = person.Attendee.Capabilities;
    if (theirs?.Audio === 'None') muting.left.push(person);
    else if (theirs && isSpecial(theirs, usual, features))
      muting.alone.push({ person, capabilities: { ...theirs, Audio: 'Receive' } });
    else muting.together.push(person);
  }
  return muting;
}

/** Have they other video or content than usual? What Chime grants by default but refuses by name is usual. */
function isSpecial(theirs: Capabilities, usual: Capabilities, features?: MeetingFeatures): boolean {
  if (capabilityFault(theirs, features)) return false;
  return theirs.Video !== usual.Video || theirs.Content !== usual.Content;
}
