import type { Answer, Role } from '../../../lib/context.ts';

/** One request of one person's, to be answered by another process. */
export interface Job {
  verb: 'join' | 'leave' | 'get';
  name: string;
  user: string;
  role: Role;
  body?: object;
  /** Where the process dies over this job. */
  death?: Death;
  /** Before which of its requests the process stops to be told to go on. */
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
