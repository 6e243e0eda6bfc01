import { actionsOf, statementsOf } from '../support/roles.ts';
import { readResources, readService } from '../support/service.ts';

const resources = readResources();
const functions = Object.entries(readService().functions);

/** "This action does not support resource-level permissions": the whole list, for Chime and X-Ray. */
const WITHOUT_RESOURCE = [
  'chime:CreateMeeting',
  'chime:CreateMeetingWithAttendees',
  'chime:StartMeetingTranscription',
  'chime:StopMeetingTranscription',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
];

describe.each(functions)('the role of %s', (name, { role }) => {
  it('belongs to one function only', () => {
    expect(functions.filter(([, other]) => other.role === role)).toHaveLength(1);
    expect(resources[role]?.Type).toBe('AWS::IAM::Role');
  });

  it('names every action', () => {
    expect(actionsOf(role)).not.toContainEqual(expect.stringContaining('*'));
  });

  it('names all resources only where AWS supports no narrower name', () => {
    const everywhere = statementsOf(role).filter(({ Resource }) => Resource === '*');
    const actions = everywhere.flatMap(({ Action }) => Action);
    expect(WITHOUT_RESOURCE).toEqual(expect.arrayContaining(actions));
  });

  it('allows writing to the log of this function only', () => {
    const [logs] = statementsOf(role).filter(({ Action }) => Action.includes('logs:PutLogEvents'));
    expect(JSON.stringify(logs?.Resource)).toMatch(
      new RegExp(`/aws/lambda/\\$\\{self:service\\}-\\$\\{sls:stage\\}-${name}:\\*"`),
    );
  });
});

describe('the roles together', () => {
  it('belong to the functions, and there is no other', () => {
    const roles = Object.keys(resources).filter((id) => resources[id]?.Type === 'AWS::IAM::Role');
    expect(roles.sort()).toEqual(functions.map(([, { role }]) => role).sort());
  });

  it('allow no function to scan the table', () => {
    const actions = functions.flatMap(([, { role }]) => actionsOf(role));
    expect(actions).not.toContain('dynamodb:Scan');
  });
});
