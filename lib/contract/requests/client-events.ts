import * as z from 'zod/mini';
import { FAILURES } from '../../domain/client-events/failures.ts';
import { LONGEST_MS, MOST_EVENTS, MOST_TIMES } from '../../domain/client-events/report.ts';
import { sessionId } from '../ids.ts';

const ms = z.int().check(z.minimum(0), z.maximum(LONGEST_MS));
const times = z.int().check(z.minimum(1), z.maximum(MOST_TIMES));

/** What happened to one person's connection. There is no free text, so that no report can carry personal data. */
const clientEvent = z
  .strictObject({
    timeToFirstAudioMs: z.exactOptional(ms).check(
      z.meta({
        description:
          'From the press of *Join* to the start of the session. Of a person who was told to wait for the event: from the end of that wait.',
      }),
    ),
    timeToFirstVideoMs: z
      .exactOptional(ms)
      .check(z.meta({ description: 'The same, to the first picture of another person.' })),
    reconnects: z
      .exactOptional(times)
      .check(z.meta({ description: 'How often the Chime client restored a lost connection by itself.' })),
    drops: z
      .exactOptional(times)
      .check(z.meta({ description: 'How often a running session ended, and the page had to join again.' })),
    failure: z
      .exactOptional(z.enum(FAILURES))
      .check(z.meta({ description: "The Chime client's status code with which a session failed." })),
  })
  .check(
    z.refine((event) => Object.keys(event).length > 0, 'must say what happened'),
    z.meta({ id: 'ClientEvent', description: "What happened to one person's connection." }),
  );

export const clientEventsBody = z
  .strictObject({
    sessionId: sessionId.check(z.meta({ description: 'The `sessionId` of the latest join.' })),
    events: z.array(clientEvent).check(z.minLength(1), z.maxLength(MOST_EVENTS)),
  })
  .check(
    z.meta({
      id: 'ClientEvents',
      example: {
        sessionId: '8f7c9f0e-2f0b-4a55-9d1c-0c5d3f1e2a7b',
        events: [{ timeToFirstAudioMs: 840, timeToFirstVideoMs: 1310 }, { reconnects: 1 }],
      },
    }),
  );
