import { parseArgs } from 'node:util';
import { coldStart } from './cold-start.ts';
import { tableOf } from './table.ts';

/**
 * `--runs 15 --only joinMeeting,getMeeting --json`, all optional. `--node PATH` imports with another Node, such as Lambda's major
 * version. `--compile-cache` also imports with a compile cache, from Node 22 on.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '15' },
    only: { type: 'string' },
    node: { type: 'string' },
    'compile-cache': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const found = await coldStart({
  runs: Number(values.runs),
  only: values.only?.split(',') ?? [],
  compileCache: values['compile-cache'],
  ...(values.node && { node: values.node }),
});

console.log(values.json ? JSON.stringify(found) : tableOf(found));
