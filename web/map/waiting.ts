import type { LoadReport } from '../../local/load-generator/report.ts';
import { count } from './events.ts';

/** Why viewers wait, as text; empty if none waits. */
export function whyTheyWait({ audience, topology }: LoadReport): string {
  if (audience.waiting === 0) return '';
  const who = audience.waiting === 1 ? '1 viewer waits' : `${count(audience.waiting)} viewers wait`;
  const replicas = topology?.replicas ?? [];
  if (!topology?.primary?.seatsTaken) return `${who}: no presenter is on stage.`;
  if (replicas.some(({ status }) => status === 'opening')) return `${who}: seats are being opened.`;
  const isFull = replicas.length >= topology.options.maxReplicas;
  if (isFull && replicas.every(({ status }) => status === 'full')) return `${who}: every seat is taken.`;
  return `${who}, and will retry.`;
}
