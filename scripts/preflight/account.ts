import {
  paginateListAWSDefaultServiceQuotas,
  paginateListServiceQuotas,
  paginateListServices,
  type ServiceInfo,
  type ServiceQuota,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import type { Need } from './needs.ts';

/**
 * The quotas of an account, each under the name of the need (`Need.what`) that it bounds; or the reason why they could
 * not be read.
 */
export type Account = { values: Map<string, number> } | { unread: string };

/**
 * Reads the quotas of an AWS account in this control region. The AWS credentials in the environment determine the
 * account. Reading changes nothing. A quota that cannot be read is left out, not guessed.
 */
export async function readAccount(needs: Need[], region: string): Promise<Account> {
  const client = new ServiceQuotasClient({ region });
  try {
    return { values: await readValues(client, needs) };
  } catch (error) {
    return { unread: `${(error as Error).name}: ${(error as Error).message}` };
  }
}

async function readValues(client: ServiceQuotasClient, needs: Need[]): Promise<Map<string, number>> {
  const services: ServiceInfo[] = [];
  for await (const { Services = [] } of paginateListServices({ client }, {})) services.push(...Services);
  const values = new Map<string, number>();
  for (const { what, quota } of needs) {
    const asked = services.filter(({ ServiceName = '' }) => quota?.service.test(ServiceName));
    const quotas = await Promise.all(asked.map(({ ServiceCode }) => quotasOf(client, ServiceCode)));
    const value = quotas.flat().find((each) => isAsked(each, quota))?.Value;
    if (value !== undefined) values.set(what, value);
  }
  return values;
}

/** The account's applied quotas take precedence over the defaults. */
async function quotasOf(
  client: ServiceQuotasClient,
  ServiceCode: string | undefined,
): Promise<ServiceQuota[]> {
  const found: ServiceQuota[] = [];
  for await (const { Quotas = [] } of paginateListServiceQuotas({ client }, { ServiceCode }))
    found.push(...Quotas);
  for await (const { Quotas = [] } of paginateListAWSDefaultServiceQuotas({ client }, { ServiceCode }))
    found.push(...Quotas);
  return found;
}

function isAsked({ QuotaCode, QuotaName = '' }: ServiceQuota, quota: Need['quota']): boolean {
  return quota?.code ? QuotaCode === quota.code : (quota?.name.test(QuotaName) ?? false);
}
