import type { ChimeSDKMeetingsServiceException, Meeting } from '@aws-sdk/client-chime-sdk-meetings';
import { answerOf, Inconclusive, redact } from '../answer.ts';
import { type Experiment, UNKNOWN } from '../experiment.ts';
import { parseJson } from '../json.ts';
import type { Lab } from '../lab.ts';

/** The header that names the error. */
const HEADER = 'x-amzn-errortype';

/** The responses on the wire. */
export const wire: Experiment[] = [
  { id: 'unsigned', asks: 'GET /meetings/{MeetingId} without a signature', settles: {}, ask: unsigned },
  {
    id: 'error-on-the-wire',
    asks: 'where the answer to GetMeeting of an unknown meeting names its error',
    settles: {},
    ask: async ({ chime }) => {
      const error = await chime.getMeeting({ MeetingId: UNKNOWN }).then(() => undefined, identity);
      if (!error?.$response) throw new Inconclusive('there was no error to look at');
      const header = error.$response.headers[HEADER];
      const form = header === undefined ? `no header ${HEADER}` : `header ${HEADER}, ${shape(header)}`;
      return { came: `${form}; ${'Code' in error ? 'Code' : 'no Code'} in the body` };
    },
  },
  {
    id: 'dual-stack',
    asks: 'CreateMeeting with MediaPlacementNetworkType DualStack',
    settles: {},
    ask: async ({ chime, input }) => {
      let hosts = '';
      const request = chime.createMeeting(input({ MediaPlacementNetworkType: 'DualStack' }));
      const answer = await answerOf(request, ({ Meeting }) => {
        hosts = hostsOf(Meeting);
        return 'accepted';
      });
      return { words: hosts, ...answer };
    },
  },
];

const identity = (error: ChimeSDKMeetingsServiceException) => error;

const shape = (header: string) => (/^\w+$/.test(header) ? 'the bare name' : 'the name and more');

function hostsOf({ MediaPlacement = {} }: Meeting = {}): string {
  const urls = Object.values(MediaPlacement).filter((url): url is string => typeof url === 'string');
  const hosts = urls.map((url) => url.replace(/^\w+:\/\//, '').replace(/[/?].*$/, ''));
  return redact([...new Set(hosts)].join(' '));
}

async function unsigned({ endpoint, pace }: Lab) {
  await pace.turn();
  const answer = await fetch(`${endpoint}/meetings/${UNKNOWN}`, { signal: AbortSignal.timeout(10_000) });
  const body = parseJson<{ message?: string; Message?: string; __type?: string }>(await answer.text());
  const name = answer.headers.get(HEADER) ?? body?.__type ?? 'no name';
  const words = redact(body?.message ?? body?.Message ?? '');
  return { came: `${name.replace(/:.*$/, '').replace(/^.*#/, '')} (${answer.status})`, words };
}
