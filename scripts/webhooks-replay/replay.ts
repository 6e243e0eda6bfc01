import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';

/**
 * Moves all messages of the dead-letter queue of a stack's webhooks back to the queue that they came from. SQS moves them in the
 * background. Returns about how many there were, which SQS counts approximately.
 */
export async function replayDead(stackName: string, region: string): Promise<number> {
  const sqs = new SQSClient({ region });
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `${stackName}-webhooks-dead` }));
    const AttributeNames = ['QueueArn' as const, 'ApproximateNumberOfMessages' as const];
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    const many = Number(Attributes.ApproximateNumberOfMessages);
    if (many > 0) await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: Attributes.QueueArn }));
    return many;
  } finally {
    sqs.destroy();
  }
}
