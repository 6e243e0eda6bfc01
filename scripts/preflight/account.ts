import type { Need } from './needs.ts';

/** What an account may do, by what is needed; or why it could not be read. */
export type Account = { values: Map<string, number> } | { unread: string };

interface Quota {
  QuotaCode?: string;
  QuotaName?: string;
  Value?: number;
}

interface Page {
  Services?: { ServiceCode?: string; ServiceName?: string }[];
  Quotas?: Quota[];
  NextToken?: string;
}

type Command = new (input: Record<string, unknown>) => object;

/** As much of `@aws-sdk/client-service-quotas` as is used. It need not be installed. */
interface Sdk {
  ServiceQuotasClient: new (options: { region: string }) => { send(command: object): Promise<Page> };
  ListServicesCommand: Command;
  ListServiceQuotasCommand: Command;
  ListAWSDefaultServiceQuotasCommand: Command;
}

const SDK: string = '@aws-sdk/client-service-quotas';

/** Read the quotas of the account whose credentials the environment holds, in its control region. Changes nothing. */
export async function readAccount(needs: Need[], region: string): Promise<Account> {
  const sdk: Sdk | undefined = await import(SDK).catch(() => undefined);
  if (!sdk) return { unread: `${SDK} is not installed` };
  try {
    return { values: await readValues(sdk, needs, region) };
  } catch (error) {
    return { unread: `${(error as Error).name}: ${(error as Error).message}` };
  }
}

async function readValues(sdk: Sdk, needs: Need[], region: string): Promise<Map<string, number>> {
  const client = new sdk.ServiceQuotasClient({ region });
  const pages = async (Command: Command, input: Record<string, unknown>): Promise<Page[]> => {
    const page = await client.send(new Command(input));
    const { NextToken } = page;
    return NextToken ? [page, ...(await pages(Command, { ...input, NextToken }))] : [page];
  };
  const services = (await pages(sdk.ListServicesCommand, {})).flatMap(({ Services = [] }) => Services);
  const values = new Map<string, number>();
  for (const { what, quota } of needs) {
    const asked = services.filter(({ ServiceName = '' }) => quota?.service.test(ServiceName));
    for (const { ServiceCode } of asked) {
      const lists = [sdk.ListAWSDefaultServiceQuotasCommand, sdk.ListServiceQuotasCommand];
      for (const list of lists) {
        const quotas = (await pages(list, { ServiceCode })).flatMap(({ Quotas = [] }) => Quotas);
        const value = quotas.find((each) => isAsked(each, quota))?.Value;
        if (value !== undefined) values.set(what, value); // what applies comes after what is given to all
      }
    }
  }
  return values;
}

function isAsked({ QuotaCode, QuotaName = '' }: Quota, quota: Need['quota']): boolean {
  return quota?.code ? QuotaCode === quota.code : (quota?.name.test(QuotaName) ?? false);
}
