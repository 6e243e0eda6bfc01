import { GetRoleCommand, IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam';
import { autoRegion } from '../../emulator/state/transcription/region.ts';
import { CAPTION_REGIONS } from '../../lib/domain/captions/settings.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/ag/using-service-linked-roles-transcription.html */
const ROLE = 'AWSServiceRoleForAmazonChimeTranscription';
const CREATE_ROLE = 'aws iam create-service-linked-role --aws-service-name transcription.chime.amazonaws.com';

/** Whether the account has the service-linked role with which Chime calls Amazon Transcribe, or why that could not be read. */
export type Role = 'exists' | 'missing' | { unread: string };

/** Reads whether the role exists. The AWS credentials in the environment determine the account. Reading changes nothing. */
export async function readRole(region: string): Promise<Role> {
  try {
    await new IAMClient({ region }).send(new GetRoleCommand({ RoleName: ROLE }));
    return 'exists';
  } catch (error) {
    if (error instanceof NoSuchEntityException) return 'missing';
    return { unread: `${(error as Error).name}: ${(error as Error).message}` };
  }
}

/** The region whose Transcribe the setting `auto` takes. Undefined where AWS documents none. */
export function regionByAuto(mediaRegion: string): string | undefined {
  const region = autoRegion(mediaRegion);
  return CAPTION_REGIONS.find((each) => each === region);
}

/** What captions of a stage in this media region need of the account, as text. */
export function captionsReport(mediaRegion: string, role: Role): string {
  return [
    '',
    `Captions of a stage in ${mediaRegion}:`,
    `  - ${whereItRuns(mediaRegion)}`,
    `  - ${ofRole(role)}`,
    '  - One stream of Amazon Transcribe for each meeting; 25 at once by default: https://aws.amazon.com/transcribe/pricing/',
  ].join('\n');
}

function whereItRuns(mediaRegion: string): string {
  const region = regionByAuto(mediaRegion);
  if (region === undefined)
    return `AWS documents no Transcribe near ${mediaRegion}: give a region in PUT …/captions, one of ${CAPTION_REGIONS.filter((each) => each !== 'auto').join(', ')}.`;
  return `Transcribe runs in ${region}, unless PUT …/captions gives another region. Vocabularies and filters must exist there.`;
}

function ofRole(role: Role): string {
  if (role === 'exists') return `The service-linked role ${ROLE} exists.`;
  if (role === 'missing') return `To do: the service-linked role ${ROLE} is missing. ${CREATE_ROLE}`;
  return `The role was not read (${role.unread}). If ${ROLE} is missing: ${CREATE_ROLE}`;
}
