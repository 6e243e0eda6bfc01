import * as z from 'zod';

/*
 * Constraints of the service model (botocore chime-sdk-meetings/2021-07-15). The shape says where a pattern comes only from
 * the prose of the API reference.
 */

export const Guid = z.string().regex(/^[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$/);

/** An external id. The pattern, and "Values that begin with aws: are reserved" in any case, are from the API reference's prose. */
export const ExternalId = z
  .string()
  .min(2)
  .max(64)
  .regex(/^[-_&@+=,(){}[\]/«».:|'"#a-zA-Z0-9À-ÿ\s]*$/)
  .refine((value) => !/^aws:/i.test(value), 'Member must not begin with the reserved prefix aws:');

export const ClientRequestToken = z
  .string()
  .min(2)
  .max(64)
  .regex(/^[-_a-zA-Z0-9]*$/);

export const PrimaryMeetingId = z.string().min(2).max(64);

export const MediaRegion = z.string().min(2).max(64);

const NotificationArn = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^arn[/:\-_.a-zA-Z0-9]+$/);

export const NotificationsConfiguration = z.object({
  LambdaFunctionArn: NotificationArn.optional(),
  SnsTopicArn: NotificationArn.optional(),
  SqsQueueArn: NotificationArn.optional(),
});

export type NotificationsConfiguration = z.infer<typeof NotificationsConfiguration>;

export const TenantIds = z
  .array(
    z
      .string()
      .min(2)
      .max(256)
      .regex(/^(?!.*?(.)\1{3})[-_!@#$a-zA-Z0-9]*$/),
  )
  .min(1)
  .max(5);

/**
 * `+-=` is a range, as the model writes it: digits and `, - . / : ; <` are inside. Keys with the prefix `aws:` are
 * reserved: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
 */
export const TagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[a-zA-Z+-=._:/]+$/)
  .refine((key) => !/^aws:/i.test(key), 'Member must not begin with the reserved prefix aws:');

export const Tag = z.object({
  Key: TagKey,
  Value: z
    .string()
    .max(256)
    .regex(/^[\s\w+-=.:/@]*$/),
});

export const Arn = z
  .string()
  .min(1)
  .max(1011)
  .regex(/^arn:.*/);
