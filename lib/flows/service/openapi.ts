import type { Answer } from '../../context.ts';
import { openapiDocument } from '../../openapi.ts';

let document: ReturnType<typeof openapiDocument> | undefined;

/** The contract of this deployment, built once. */
export async function getOpenapi(): Promise<Answer> {
  document ??= openapiDocument();
  return { status: 200, body: document };
}
