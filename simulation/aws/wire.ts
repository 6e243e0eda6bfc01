import type { Input } from '../dynamodb/table.ts';

/** One HTTP request of an SDK client. */
export interface WireRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
  /** The body as text, also where it came as bytes. */
  input?: Input;
}

export interface WireReply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** The body before it is converted to text. */
  done?: object;
}

export type ServiceName = 'dynamodb' | 'chime';
/** Takes a request, and replies at any later time, or never. */
export type Carrier = (service: ServiceName, request: WireRequest) => Promise<WireReply>;
