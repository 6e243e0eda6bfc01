import dynalite from 'dynalite';
import { type Listening, listen } from './listen.ts';

/** Start an empty DynamoDB in this process' memory. */
export function startDatabase(port: number): Promise<Listening> {
  return listen(dynalite({ createTableMs: 0 }), port);
}
