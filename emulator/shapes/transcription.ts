import * as z from 'zod';
import { Guid } from './primitives.ts';

/** The languages of the model. */
export const languages =
  'de-DE en-AU en-GB en-US es-US fr-CA fr-FR hi-IN it-IT ja-JP ko-KR pt-BR th-TH zh-CN'.split(' ');

const regions =
  'ap-northeast-1 ap-northeast-2 ap-southeast-2 ca-central-1 eu-central-1 eu-west-1 eu-west-2 sa-east-1 us-east-1 us-east-2 us-gov-west-1 us-west-2 auto'.split(
    ' ',
  );

const medicalRegions = 'ap-southeast-2 ca-central-1 eu-west-1 us-east-1 us-east-2 us-west-2 auto'.split(' ');

const specialties = 'CARDIOLOGY NEUROLOGY ONCOLOGY PRIMARYCARE RADIOLOGY UROLOGY'.split(' ');

const ModelName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[0-9a-zA-Z._-]+$/);

const Names = z
  .string()
  .min(1)
  .max(3000)
  .regex(/^[a-zA-Z0-9,-._]+$/);

/** The model's type String: only the general limit applies. */
const AnyString = z.string().max(4096);

export const EngineTranscribeSettings = z.object({
  LanguageCode: z.enum(languages).optional(),
  VocabularyFilterMethod: z.enum(['mask', 'remove', 'tag']).optional(),
  VocabularyFilterName: AnyString.optional(),
  VocabularyName: AnyString.optional(),
  Region: z.enum(regions).optional(),
  EnablePartialResultsStabilization: z.boolean().optional(),
  PartialResultsStability: z.enum(['high', 'low', 'medium']).optional(),
  ContentIdentificationType: z.literal('PII').optional(),
  ContentRedactionType: z.literal('PII').optional(),
  PiiEntityTypes: z
    .string()
    .min(1)
    .max(300)
    .regex(/^[A-Z_, ]+$/)
    .optional(),
  LanguageModelName: ModelName.optional(),
  IdentifyLanguage: z.boolean().optional(),
  LanguageOptions: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[a-zA-Z-,]+$/)
    .optional(),
  PreferredLanguage: z.enum(languages).optional(),
  VocabularyNames: Names.optional(),
  VocabularyFilterNames: Names.optional(),
});

export type EngineTranscribeSettings = z.infer<typeof EngineTranscribeSettings>;

const EngineTranscribeMedicalSettings = z.object({
  LanguageCode: z.literal('en-US'),
  Specialty: z.enum(specialties),
  Type: z.enum(['CONVERSATION', 'DICTATION']),
  VocabularyName: AnyString.optional(),
  Region: z.enum(medicalRegions).optional(),
  ContentIdentificationType: z.literal('PHI').optional(),
});

export const TranscriptionConfiguration = z.object({
  EngineTranscribeSettings: EngineTranscribeSettings.optional(),
  EngineTranscribeMedicalSettings: EngineTranscribeMedicalSettings.optional(),
});

export type TranscriptionConfiguration = z.infer<typeof TranscriptionConfiguration>;

export const StartTranscriptionRequest = z.object({
  MeetingId: Guid,
  TranscriptionConfiguration,
});
