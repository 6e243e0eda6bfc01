/**
 * The pattern of an external meeting or user id: 2 to 64 characters of Chime's set, without Chime's reserved prefix `aws:` in
 * any case. `\s` is spelled out, because Chime's `\s` matches fewer characters than JavaScript's.
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_CreateMeeting.html
 *
 * Two kinds of id that Chime accepts are refused, because they do not survive in a path. URL parsers resolve `../..` as a dot
 * segment, even percent-encoded (https://url.spec.whatwg.org/#double-dot-path-segment). API Gateway decodes `%2F` before it
 * matches routes, so an id with `/` would match another route.
 */
export const EXTERNAL_ID =
  /^(?!\.\.$)(?![aA][wW][sS]:)[-_&@+=,(){}[\]«».:|'"#a-zA-Z0-9À-ÿ \t\n\v\f\r]{2,64}$/;
