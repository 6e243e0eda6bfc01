/** The part of dynalite's surface that we use; the package brings no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  export default function dynalite(options?: { createTableMs?: number; path?: string }): Server;
}
