import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { rounded } from '../simulation/numbers.ts';

/** List prices in us-east-1 in dollars, of the first tier, without free tiers; as of November 2026. */
export const PRICES = {
  /** https://aws.amazon.com/lambda/pricing/ (arm64) */
  lambdaPerMillionRequests: 0.2,
  lambdaPerGbSecond: 0.000_013_333_4,
  /** https://aws.amazon.com/api-gateway/pricing/ (HTTP API; one request up to 512 KB) */
  httpApiPerMillionRequests: 1,
  /** https://aws.amazon.com/dynamodb/pricing/on-demand/ (since November 2024) */
  dynamoPerMillionReadUnits: 0.125,
  dynamoPerMillionWriteUnits: 0.625,
  /** https://aws.amazon.com/ec2/pricing/on-demand/ (to the internet) */
  outPerGb: 0.09,
};

/** What one join uses on average. */
export interface Usage {
  requests: number;
  lambdaMs: number;
  readUnits: number;
  writeUnits: number;
  responseBytes: number;
}

export interface Cost {
  lambda: number;
  httpApi: number;
  dynamodb: number;
  transfer: number;
  total: number;
}

/** Dollars for a million such joins. Chime charges nothing for a join: it bills attendee minutes. */
export function dollarsPerMillion(usage: Usage, memoryMb: number): Cost {
  const gbSeconds = (usage.lambdaMs / 1000) * (memoryMb / 1024) * 1_000_000;
  const parts = {
    lambda: usage.requests * PRICES.lambdaPerMillionRequests + gbSeconds * PRICES.lambdaPerGbSecond,
    httpApi: usage.requests * PRICES.httpApiPerMillionRequests,
    dynamodb:
      usage.readUnits * PRICES.dynamoPerMillionReadUnits +
      usage.writeUnits * PRICES.dynamoPerMillionWriteUnits,
    transfer: ((usage.responseBytes * 1_000_000) / 1e9) * PRICES.outPerGb,
  };
  const total = Object.values(parts).reduce((sum, each) => sum + each, 0);
  const cents = Object.entries({ ...parts, total }).map(([name, dollars]) => [name, rounded(dollars, 3)]);
  return Object.fromEntries(cents) as Cost;
}

/** The memory of a function: serverless.yml, `memorySize`. */
export function memoryMb(name = 'joinMeeting'): number {
  const { provider, functions } = parse(readFileSync('serverless.yml', 'utf8'), { logLevel: 'silent' });
  return functions[name].memorySize ?? provider.memorySize;
}
