import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

export interface HttpApiEvent {
  method: string;
  path: string;
  authorizer?: string;
}

/** What calls a function: a route, a queue, a stream, or the clock. */
export interface FunctionEvent {
  httpApi?: HttpApiEvent;
  schedule?: string;
  sqs?: { arn: string; batchSize: number; functionResponseType: string };
  stream?: { type: string; batchSize: number; filterPatterns: object[] };
}

export interface FunctionDescription {
  handler: string;
  role: string;
  timeout?: number;
  maximumRetryAttempts?: number;
  events: FunctionEvent[];
}

interface Service {
  provider: { timeout: number };
  functions: Record<string, FunctionDescription>;
  resources: string[];
}

/** serverless.yml as it is written, with its CloudFormation tags ignored. */
export function readService(): Service {
  return readYaml('serverless.yml');
}

/** The CloudFormation resources of every file that serverless.yml includes. */
export function readResources(): Record<string, { Type: string; Properties: Record<string, unknown> }> {
  const files = readService().resources.map((include) => include.replace(/^\$\{file\((.*)\)\}$/, '$1'));
  return Object.assign({}, ...files.map((file) => read<{ Resources?: object }>(file).Resources));
}

/** Serverless includes YAML, and what a module exports. */
function read<Content>(file: string): Content {
  return file.endsWith('.cjs') ? require(resolve(file)) : readYaml(file);
}

const parsed = new Map<string, unknown>();

/** Parsed once for a test file, because parsing takes tens of milliseconds: callers only read it. */
function readYaml<Content>(file: string): Content {
  const known = parsed.get(file) ?? parse(readFileSync(file, 'utf8'), { logLevel: 'silent' });
  parsed.set(file, known);
  return known as Content;
}
