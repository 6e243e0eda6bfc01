import type { StackUrls } from './stack-file.ts';

/** Where webhooks go, and the key that a receiver verifies them with. */
interface Webhooks {
  urls: readonly string[];
  signing: string;
}

/** The text that `npm start` prints once everything is up: the addresses, and a first join to paste. */
export function greeting(urls: StackUrls, notice: string | undefined, webhooks?: Webhooks): string {
  return `
  Room      ${urls.web}
  Meetings  ${urls.web}/meetings.html
  Map       ${urls.web}/map.html
  API       ${urls.api}
  Chime     ${urls.chime}
  DynamoDB  ${urls.dynamodb}
  Tokens    ${urls.issuer}${webhooks ? toldOf(webhooks) : ''}
${notice ? `\n  ${notice}.\n` : ''}
  A token for a host, a presenter, a viewer:

    HOST=${token(urls, 'sub=ada&role=host')}
    PRESENTER=${token(urls, 'sub=grace&role=presenter')}
    VIEWER=${token(urls, 'sub=linus&role=viewer')}

  The first join:

    curl -s -X POST ${urls.api}/meetings/all-hands/join -H "Authorization: Bearer $HOST" -H 'content-type: application/json' -d '{"mediaRegion":"us-east-1"}'

  Ctrl-C stops everything.
`;
}

const toldOf = ({ urls, signing }: Webhooks) =>
  `\n  Webhooks  ${urls.join(', ')}\n            signed with ${signing}`;

function token(urls: StackUrls, query: string): string {
  return `$(curl -s '${urls.issuer}/token?${query}')`;
}
