import type { Request } from '../messages.ts';
import { OPERATIONS } from '../operations.ts';
import type { Operation } from './call.ts';

/** An operation, and the labels of the request's path. */
export interface Route {
  operation: Operation;
  labels: Record<string, string>;
}

/** Finds the operation of a request by method, path and the `operation` query parameter. */
export function findRoute({ method, path, query }: Request): Route | undefined {
  const steps = path.split('/').map(decode);
  for (const operation of OPERATIONS) {
    if (operation.method !== method || operation.query !== query.operation) continue;
    const labels = labelsOf(operation.path.split('/'), steps);
    if (labels) return { operation, labels };
  }
  return undefined;
}

function labelsOf(template: string[], steps: string[]): Record<string, string> | undefined {
  if (template.length !== steps.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const step = steps[index] ?? '';
    if (part.startsWith('{')) {
      if (step === '') return undefined;
      labels[part.slice(1, -1)] = step;
    } else if (part !== step) return undefined;
  }
  return labels;
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
