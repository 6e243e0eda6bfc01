import type { StackUrls } from './stack-file.ts';

/** The text that `npm start` prints once everything is up: the addresses, and a first join to paste. */
export function greeting(urls: StackUrls, notice: string | undefined): string {
  return `
  Room      ${urls.web}
  Map       ${urls.web}/map.html
  API       ${urls.api}
  Chime     ${urls.chime}
  DynamoDB  ${urls.dynamodb}
  Tokens    ${urls.issuer}
${notice ? `\n  ${notice}.\n` : ''}
  A token for a host, a presenter, a viewer:

    HOST=${token(urls, 'sub=ada&role=host')}
    PRESENTER=${token(urls, 'sub=grace&role=presenter')}
    VIEWER=${token(urls, 'sub=linus&role=viewer')}

  The first join:

    curl -s -X POST ${urls.api}/meetings/all-hands/join -H "Authorization: Bearer $HOST"

  Ctrl-C stops everything.
`;
}

function token(urls: StackUrls, query: string): string {
  return `$(curl -s '${urls.issuer}/token?${query}')`;
}
