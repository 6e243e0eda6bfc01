import { meetingInput, openMeeting } from './builders.ts';
import { UNKNOWN } from './refusals.ts';
import { useEmulator } from './support.ts';

const SCOPE = '20260101/us-east-1/chime/aws4_request';
const signed = (scope = SCOPE) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKID/${scope}, SignedHeaders=host, Signature=0`,
});

describe('the HTTP interface', () => {
  const world = useEmulator();
  const send = async (
    line: string,
    { headers = signed(), body }: { headers?: object; body?: string } = {},
  ) => {
    const [method = '', path = ''] = line.split(' ');
    const init = { method, headers: { ...headers }, ...(body === undefined ? {} : { body }) };
    const response = await fetch(`${world.emulator.url}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
  };

  it('names a refusal in header and body', async () => {
    const { status, headers, body } = await send(`GET /meetings/${UNKNOWN}`);
    expect(status).toBe(404);
    expect(headers.get('x-amzn-errortype')).toBe('NotFoundException');
    expect(body).toEqual({
      Code: 'NotFoundException',
      Message: `Meeting ${UNKNOWN} not found`,
      RequestId: headers.get('x-amzn-requestid'),
    });
  });

  it('gives each success a request id of its own', async () => {
    const create = () => send('POST /meetings', { body: JSON.stringify(meetingInput()) });
    const ids = [await create(), await create()].map(({ headers }) => headers.get('x-amzn-requestid'));
    expect(ids).toEqual([expect.any(String), expect.any(String)]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('answers a deletion with 204 and no body', async () => {
    const { MeetingId } = await openMeeting(world.chime);
    expect(await send(`DELETE /meetings/${MeetingId}`)).toMatchObject({ status: 204, body: '' });
  });

  it('treats null members as absent, and ignores unknown ones', async () => {
    const body = JSON.stringify({ ...meetingInput(), MeetingHostId: null, Surprise: 1 });
    expect(await send('POST /meetings', { body })).toMatchObject({ status: 200 });
  });

  it.each([
    '{',
    '[]',
    'null',
    '"text"',
    '{"MediaRegion":1,"ClientRequestToken":"ab","ExternalMeetingId":"ab"}',
  ])('answers the body %s with SerializationException', async (body) => {
    expect(await send('POST /meetings', { body })).toMatchObject({
      status: 400,
      body: { Code: 'SerializationException' },
    });
  });

  it.each([
    'GET /nowhere',
    'GET /meetings',
    'GET /meetings/',
    'PATCH /meetings',
    'POST /meetings?operation=make-tea',
    'PUT /meetings/x/attendees/capabilities',
    'POST /tags',
  ])('answers %s with UnknownOperationException', async (line) => {
    expect(await send(line)).toMatchObject({ status: 404, body: { Code: 'UnknownOperationException' } });
  });

  it.each([
    ['no signature', {}, 403, 'MissingAuthenticationTokenException'],
    ['another scheme', { authorization: 'Bearer x' }, 400, 'IncompleteSignatureException'],
    ['another service', signed('20260101/us-east-1/s3/aws4_request'), 403, 'InvalidSignatureException'],
    ['no control region', signed('20260101/eu-west-3/chime/aws4_request'), 403, 'InvalidSignatureException'],
  ])('refuses %s', async (_, headers, status, Code) => {
    expect(await send(`GET /meetings/${UNKNOWN}`, { headers })).toMatchObject({ status, body: { Code } });
  });

  it('treats an access key of twelve digits as the account id', async () => {
    const headers = { authorization: signed().authorization.replace('AKID', '444455556666') };
    const { body } = await send('POST /meetings', { headers, body: JSON.stringify(meetingInput()) });
    expect(body.Meeting.MeetingArn).toContain(':444455556666:');
  });
});

describe('the HTTP interface with authorization ignore', () => {
  const world = useEmulator({ authorization: 'ignore', defaultControlRegion: 'eu-central-1' });

  it('takes an unsigned request for one to the default control region', async () => {
    const body = JSON.stringify(meetingInput());
    const response = await fetch(`${world.emulator.url}/meetings`, { method: 'POST', body });
    expect(await response.text()).toContain('arn:aws:chime:eu-central-1:');
  });
});
