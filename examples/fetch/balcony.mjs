/** Balcony with nothing but fetch, in a page or in Node: join with waiting, wait for a promotion, leave. */

const wait = (ms, signal) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => reject(signal.reason, clearTimeout(timer)), { once: true });
  });

/**
 * Sends one request to the API. `token` is a function, because a token may expire during the wait. Without a response, the
 * status is 0: the network failed, or API Gateway itself refused, which a browser cannot read across origins.
 */
export async function ask({ api, token, signal }, method, path, sent) {
  try {
    const headers = { authorization: `Bearer ${await token()}` };
    if (sent) headers['content-type'] = 'application/json';
    const answer = await fetch(api + path, { method, headers, signal, body: sent && JSON.stringify(sent) });
    const retryAfter = Number(answer.headers.get('retry-after'));
    return { status: answer.status, retryAfter, body: await bodyOf(answer) };
  } catch (error) {
    if (error.name !== 'TypeError' || signal?.aborted) throw error;
    return { status: 0, body: { detail: 'The service was not reached.' } };
  }
}

/** The body of a response. A 204 has none, and a gateway in front of the service may answer in another format. */
async function bodyOf(answer) {
  const text = await answer.text();
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return { detail: text };
  }
}

const meetingPath = (meeting) => `/meetings/${encodeURIComponent(meeting)}`;

/** A refusal with a `code` of the contract and a bad token are final. Any other failure may be temporary. */
const mayPass = ({ status, body }) => status === 429 || status >= 500 || (status !== 401 && !body.code);

/**
 * The delay after this many consecutive failures: Retry-After if given, otherwise doubling up to half a minute. Every refused
 * client gets the same whole seconds, so jitter is added to spread the crowd.
 */
const afterFailure = ({ retryAfter }, failures) =>
  (retryAfter || Math.min(30, 2 ** failures)) * 1000 * (1 + Math.random());

/** Joins, however long it takes. The result is ready for `new MeetingSessionConfiguration(Meeting, Attendee)`. */
export async function join(me, meeting, { mediaRegion, onWaiting = () => {} } = {}) {
  for (let failures = 0; ; ) {
    const answer = await ask(me, 'POST', `${meetingPath(meeting)}/join`, { mediaRegion });
    if (answer.status === 200 && answer.body.status) return answer.body;
    if (answer.status !== 202 && !mayPass(answer)) throw refusal(answer);
    onWaiting(answer.body.reason ?? 'busy');
    const isWaiting = answer.status === 202;
    await wait(isWaiting ? answer.body.retryAfterMs : afterFailure(answer, failures), me.signal);
    failures = isWaiting ? 0 : failures + 1;
  }
}

/** Raises a hand and waits for a promotion: the credential for `audioVideo.promoteToPrimaryMeeting`. */
export async function untilPromoted(me, meeting, everyMs = 3000) {
  const raised = await ask(me, 'PUT', `${meetingPath(meeting)}/hand`);
  if (raised.status !== 204) throw refusal(raised);
  for (let failures = 0; ; ) {
    const answer = await ask(me, 'GET', `${meetingPath(meeting)}/promotion`);
    if (answer.status === 200 && answer.body.Attendee) return answer.body.Attendee;
    const isNotYet = answer.body.code === 'NOT_PROMOTED';
    if (!isNotYet && !mayPass(answer)) throw refusal(answer);
    await wait(isNotYet ? everyMs * (0.5 + Math.random()) : afterFailure(answer, failures), me.signal);
    failures = isNotYet ? 0 : failures + 1;
  }
}

/**
 * Leaves the meeting. `keepalive` lets the request finish when the page closes. With the `sessionId` of a join it does not
 * end a later join of the same person, on another device or after a reload.
 */
export async function leave({ api, token }, meeting, sessionId) {
  const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ sessionId });
  await fetch(`${api}${meetingPath(meeting)}/leave`, { method: 'POST', headers, body, keepalive: true });
}

/** `code` is the contract, and `detail` is a text for people. */
const refusal = ({ status, body: { code, detail } }) =>
  Object.assign(new Error(detail ?? `status ${status}`), { code, status });
