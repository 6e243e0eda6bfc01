export type CaptionLanguage =
  | ('de-DE' | 'en-AU' | 'en-GB' | 'en-US' | 'es-US' | 'fr-CA' | 'fr-FR' | 'hi-IN')
  | ('it-IT' | 'ja-JP' | 'ko-KR' | 'pt-BR' | 'th-TH' | 'zh-CN');

/** What Chime's StartMeetingTranscription takes. Either `languageCode` or `identifyLanguage` is required. */
export interface CaptionSettings {
  /** Default: standard. */
  engine?: 'standard' | 'medical';
  languageCode?: CaptionLanguage;
  identifyLanguage?: true;
  /** With `identifyLanguage`: the languages that may be spoken, one dialect of each. */
  languageOptions?: string[];
  preferredLanguage?: CaptionLanguage;
  /** Where Amazon Transcribe runs. Default: auto, in or near the media region of the stage. */
  region?:
    | ('auto' | 'ap-northeast-1' | 'ap-northeast-2' | 'ap-southeast-2' | 'ca-central-1' | 'eu-central-1')
    | ('eu-west-1' | 'eu-west-2' | 'sa-east-1' | 'us-east-1' | 'us-east-2' | 'us-gov-west-1' | 'us-west-2');
  vocabularyName?: string;
  /** With `identifyLanguage`, as `vocabularyFilterNames`. */
  vocabularyNames?: string[];
  vocabularyFilterName?: string;
  vocabularyFilterNames?: string[];
  vocabularyFilterMethod?: 'remove' | 'mask' | 'tag';
  languageModelName?: string;
  /** How soon the words of unfinished sentences stop to change. Default: no stabilisation. */
  partialResultsStability?: 'low' | 'medium' | 'high';
  /** `PHI` with the engine `medical`. */
  contentIdentificationType?: 'PII' | 'PHI';
  contentRedactionType?: 'PII';
  piiEntityTypes?: string[];
  /** With the engine `medical`, as `type`. */
  specialty?: 'CARDIOLOGY' | 'NEUROLOGY' | 'ONCOLOGY' | 'PRIMARYCARE' | 'RADIOLOGY' | 'UROLOGY';
  type?: 'CONVERSATION' | 'DICTATION';
}

/** The captions of a meeting. */
export interface Captions {
  /** `starting`: wanted, and not yet reported to run. `stopping`: not wanted any more, and Chime was not told yet. */
  state: 'off' | 'stopping' | 'starting' | 'on' | 'interrupted' | 'failed';
  languageCode?: string;
  /** For hosts and presenters: why captions are interrupted or failed. */
  detail?: string;
}
