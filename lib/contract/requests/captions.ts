import * as z from 'zod/mini';
import { CAPTION_LANGUAGES, CAPTION_REGIONS, SPECIALTIES } from '../../domain/captions/settings.ts';

const language = z.enum(CAPTION_LANGUAGES);
/** Of Transcribe: docs.aws.amazon.com/transcribe/latest/APIReference/API_CreateVocabulary.html */
const name = z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[0-9a-zA-Z._-]+$/));
/** Chime takes a list as one text of up to 3,000 characters. */
const names = z.array(name).check(z.minLength(1), z.maxLength(14));
/** Of these, Chime takes a list as one text of up to 200 and 300 characters: twelve of this length with commas. */
const code = z.string().check(z.maxLength(15), z.regex(/^[a-zA-Z]+(-[a-zA-Z]+)*$/));
const entity = z.string().check(z.maxLength(24), z.regex(/^[A-Z_]+$/));
const MOST_LISTED = 12;
const described = <Schema extends z.ZodMiniType>(schema: Schema, description: string) =>
  z.exactOptional(schema).check(z.meta({ description }));

/** The body of `PUT …/captions`: what Chime's StartMeetingTranscription takes. */
export const captionsBody = z
  .strictObject({
    engine: described(z.enum(['standard', 'medical']), '`standard` when absent.'),
    languageCode: described(language, 'The language that is spoken. Either this or `identifyLanguage`.'),
    identifyLanguage: described(z.literal(true), 'Amazon Transcribe finds out which language is spoken.'),
    languageOptions: described(
      z.array(code).check(z.minLength(2), z.maxLength(MOST_LISTED)),
      'With `identifyLanguage`: the languages that may be spoken, one dialect of each.',
    ),
    preferredLanguage: described(language, 'One of `languageOptions`.'),
    region: described(
      z.enum(CAPTION_REGIONS),
      'Where Amazon Transcribe runs. `auto` when absent: in or near the media region of the stage.',
    ),
    vocabularyName: described(name, 'A custom vocabulary of the AWS account.'),
    vocabularyNames: described(names, 'The same, with `identifyLanguage`.'),
    vocabularyFilterName: described(name, 'A vocabulary filter of the AWS account.'),
    vocabularyFilterNames: described(names, 'The same, with `identifyLanguage`.'),
    vocabularyFilterMethod: z.exactOptional(z.enum(['remove', 'mask', 'tag'])),
    languageModelName: described(name, 'A custom language model of the AWS account.'),
    partialResultsStability: described(
      z.enum(['low', 'medium', 'high']),
      'How soon the words of unfinished sentences stop to change. Absent: no stabilisation.',
    ),
    contentIdentificationType: described(
      z.enum(['PII', 'PHI']),
      'Marks personal data; `PHI` with the engine `medical`.',
    ),
    contentRedactionType: described(z.literal('PII'), 'Removes personal data. Not with identification.'),
    piiEntityTypes: described(
      z.array(entity).check(z.minLength(1), z.maxLength(MOST_LISTED)),
      'The kinds of personal data, with identification or redaction.',
    ),
    specialty: described(z.enum(SPECIALTIES), 'With the engine `medical`.'),
    type: described(z.enum(['CONVERSATION', 'DICTATION']), 'With the engine `medical`.'),
  })
  .check(z.meta({ id: 'CaptionSettings', example: { languageCode: 'en-US' } }));
