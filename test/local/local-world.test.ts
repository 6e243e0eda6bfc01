import { ChimeSDKMeetingsClient, CreateMeetingCommand } from '@aws-sdk/client-chime-sdk-meetings';
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { engines, startWorld, type TestWorld } from '../support/local-world.ts';

describe.each(engines())('the local environment on %s', (engine) => {
  const environment = { ...process.env };
  let world: TestWorld;

  beforeAll(async () => {
    process.env.AWS_PROFILE = 'mine';
    world = await startWorld({ engine });
  });

  afterAll(async () => {
    await world.close();
    process.env = environment;
  });

  it('has the deployed table with its index', async () => {
    const client = new DynamoDBClient({});
    const seat = { pk: { S: 'PARTICIPANTS#a#0' }, sk: { S: 'ada' }, seatKey: { S: 'm#7' } };
    await client.send(new PutItemCommand({ TableName: world.tableName, Item: seat }));
    const { pk, sk } = seat;
    const { Item } = await client.send(new GetItemCommand({ TableName: world.tableName, Key: { pk, sk } }));
    const { Items } = await client.send(
      new QueryCommand({
        TableName: world.tableName,
        IndexName: 'bySeat',
        KeyConditionExpression: 'seatKey = :seat',
        ExpressionAttributeValues: { ':seat': seat.seatKey },
      }),
    );
    expect([Item, Items]).toEqual([seat, [seat]]);
    client.destroy();
  });

  it('answers the real Chime client', async () => {
    const client = new ChimeSDKMeetingsClient({});
    const { Meeting } = await client.send(
      new CreateMeetingCommand({
        ClientRequestToken: 'first',
        ExternalMeetingId: 'all-hands',
        MediaRegion: 'eu-central-1',
      }),
    );
    expect(Meeting).toMatchObject({ ExternalMeetingId: 'all-hands', MediaRegion: 'eu-central-1' });
    client.destroy();
  });

  it('does not use the developer’s own AWS account', () => {
    expect(process.env.AWS_PROFILE).toBeUndefined();
    expect(process.env.AWS_ACCESS_KEY_ID).toBe('local');
  });
});
