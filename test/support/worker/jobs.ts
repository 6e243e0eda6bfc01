import type { Answer, Role } from '../../../lib/context.ts';

/** One request of one person's, to be answered by another process. */
export interface Job {
  verb: 'join' | 'leave' | 'get';
  name: string;
  user: string;
  role: Role;
  body?: object;
  /** When the process dies during this job. */
  death?: Death;
  /** The number of the request before which the process stops, until a command lets it continue. */
  stall?: number;
}

/** A process dies before it sends its n-th request to DynamoDB or Chime, or when that one is answered. */
export interface Death {
  when: 'before' | 'after';
  request: number;
}

/** What became of a job. */
export type Outcome =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'refused'; code: string }
  | { kind: 'failed'; error: string }
  | { kind: 'died' };
