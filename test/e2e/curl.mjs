/** What the README's commands use of curl (-s, -X, -H, -d), for machines without it. Prints the body of the response. */
const [, , ...args] = process.argv;
const request = { method: 'GET', headers: {} };
let url = '';
while (args.length > 0) {
  const arg = args.shift();
  if (arg === '-s') continue;
  if (arg === '-X') request.method = args.shift();
  else if (arg === '-d') request.body = args.shift();
  else if (arg === '-H') {
    const [, name, value] = /^(.*?): (.*)$/.exec(args.shift()) ?? [];
    request.headers[name] = value;
  } else if (arg.startsWith('-')) throw new Error(`${arg} is not known here`);
  else url = arg;
}
const response = await fetch(url, request);
process.stdout.write(await response.text());
