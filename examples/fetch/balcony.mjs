/** Balcony by nothing but fetch, in a page or in Node: join with waiting, look for a promotion, leave. */

const wait = (ms, signal) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => reject(signal.reason, clearTimeout(timer)), { once: true });
  });

/** Ask the API one thing. `token` is a function: a token may run out while somebody waits. */
export async function ask({ api, token, signal }, method, path, sent) {
  const headers = { authorization: `Bearer ${await token()}` };
  if (sent) headers['content-type'] = 'application/json';
  const answer = await fetch(api + path, { method, headers, signal, body: sent && JSON.stringify(sent) });
  return {
    status: answer.status,
    retryAfter: Number(answer.headers.get('retry-after')),
    body: await bodyOf(answer),
  };
}

/** A 204 says nothing, and what stands in front of the service may answer in another form. */
async function bodyOf(answer) {
  const text = await answer.text();
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return { detail: text };
  }
}

const meetingPath = (meeting) => `/meetings/${encodeURIComponent(meeting)}`;

const isBusy = ({ status }) => status === 429 || status === 503;

/** Everybody who is turned away hears the same whole seconds: a part of one's own keeps the crowd apart. */
const afterBusy = ({ retryAfter }) => (retryAfter || 1) * 1000 * (1 + Math.random());

/** Take a seat, however long it takes. The answer is ready for `new MeetingSessionConfiguration(Meeting, Attendee)`. */
export async function join(me, meeting, { mediaRegion, onWaiting = () => {} } = {}) {
  for (;;) {
    const answer = await ask(me, 'POST', `${meetingPath(meeting)}/join`, { mediaRegion });
    if (answer.status === 200) return answer.body;
    if (answer.status !== 202 && !isBusy(answer)) throw refusal(answer);
    onWaiting(answer.body.reason ?? 'busy');
    await wait(answer.body.retryAfterMs ?? afterBusy(answer), me.signal);
  }
}

/** Raise a hand, and wait to be let on stage: the credential for `audioVideo.promoteToPrimaryMeeting`. */
export async function untilPromoted(me, meeting, everyMs = 3000) {
  const raised = await ask(me, 'PUT', `${meetingPath(meeting)}/hand`);
  if (raised.status !== 204) throw refusal(raised);
  for (;;) {
    const answer = await ask(me, 'GET', `${meetingPath(meeting)}/promotion`);
    if (answer.status === 200) return answer.body.Attendee;
    if (answer.body.code !== 'NOT_PROMOTED' && !isBusy(answer)) throw refusal(answer);
    await wait(isBusy(answer) ? afterBusy(answer) : everyMs * (0.5 + Math.random()), me.signal);
  }
}

/** Give the seat back; `keepalive` gets it through when the page closes. */
export async function leave({ api, token }, meeting) {
  const headers = { authorization: `Bearer ${await token()}` };
  await fetch(`${api}${meetingPath(meeting)}/leave`, { method: 'POST', headers, keepalive: true });
}

/** `code` is the contract, and `detail` is for people. */
const refusal = ({ status, body: { code, detail } }) =>
  Object.assign(new Error(detail ?? `status ${status}`), { code, status });
