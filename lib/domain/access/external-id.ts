/**
 * What is accepted as an external meeting or user id: 2 to 64 characters of Chime's set, without Chime's reserved prefix `aws:` in
 * any case. `\s` is spelled out, because it means less to Chime than to JavaScript.
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_CreateMeeting.html
 *
 * Two ids that Chime takes are refused, because they do not survive in a path. URL parsers resolve `../..` as a dot segment, also when
 * it is percent-encoded (https://url.spec.whatwg.org/#double-dot-path-segment). API Gateway decodes `%2F` before it looks for the
 * route, so that an id with `/` would name another route.
 */
export const EXTERNAL_ID =
  /^(?!\.\.$)(?![aA][wW][sS]:)[-_&@+=,(){}[\]«».:|'"#a-zA-Z0-9À-ÿ \t\n\v\f\r]{2,64}$/;
