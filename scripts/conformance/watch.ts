import type { ChimeSDKMeetings, Meeting } from '@aws-sdk/client-chime-sdk-meetings';
import { isThrottled } from './answer.ts';
import type { Journal } from './journal.ts';
import type { Clock, Pace } from './pace.ts';
import { clientAt, maskedAccount, type Place } from './place.ts';

export interface LabOptions {
  place: Place;
  journal: Journal;
  pace: Pace;
  clock: Clock;
  /** Part of every meeting's name. */
  runId: string;
  /** Once this is aborted, only DeleteMeeting is called. */
  signal: AbortSignal;
}

/** The open meetings, each with the client that can delete it. */
export interface Opening {
  live: Map<string, ChimeSDKMeetings>;
  account: string | undefined;
}

const TRIES = 4;

/** A client that keeps to the rate limit, retries throttled calls, and records what it opens and deletes. */
export function watchedClient(place: Place, options: LabOptions, opening: Opening): ChimeSDKMeetings {
  const client = clientAt(place);
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const isDeletion = commandName === 'DeleteMeetingCommand';
        const answer = await inTurn(() => next(args), { ...options, isDeletion });
        const { Meeting } = answer.output as { Meeting?: Meeting };
        if (commandName.startsWith('CreateMeeting') && Meeting) {
          write(options.journal, place, Meeting);
          opening.live.set(Meeting.MeetingId ?? '', client);
          opening.account ??= maskedAccount(Meeting.MeetingArn ?? '');
        }
        const { MeetingId = '' } = args.input as { MeetingId?: string };
        if (isDeletion) options.journal.deleted(MeetingId);
        if (isDeletion) opening.live.delete(MeetingId);
        return answer;
      },
    { step: 'initialize' },
  );
  return client;
}

function write(journal: Journal, { region, endpoint }: Place, { MeetingId = '' }: Meeting): void {
  journal.opened({ meetingId: MeetingId, region, ...(endpoint !== undefined && { endpoint }) });
}

type Turns = Pick<LabOptions, 'pace' | 'clock' | 'signal'> & { isDeletion: boolean };

async function inTurn<Answer>(call: () => Promise<Answer>, turns: Turns): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    await turns.pace.turn();
    if (!turns.isDeletion) turns.signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      if (!isThrottled(error) || tries === TRIES) throw error;
    }
    await turns.clock.pause(tries * 1000);
  }
}
