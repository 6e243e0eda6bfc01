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

/** A list that Service Quotas gives out page by page. */
type Lister = (Command: Command, input: Record<string, unknown>) => Promise<Page[]>;

async function readValues(sdk: Sdk, needs: Need[], region: string): Promise<Map<string, number>> {
  const client = new sdk.ServiceQuotasClient({ region });
  const list: Lister = async (Command, input) => {
    const page = await client.send(new Command(input));
    const { NextToken } = page;
    return NextToken ? [page, ...(await list(Command, { ...input, NextToken }))] : [page];
  };
  const services = (await list(sdk.ListServicesCommand, {})).flatMap(({ Services = [] }) => Services);
  const values = new Map<string, number>();
  for (const { what, quota } of needs) {
    const asked = services.filter(({ ServiceName = '' }) => quota?.service.test(ServiceName));
    const quotas = await Promise.all(asked.map(({ ServiceCode = '' }) => quotasOf(sdk, list, ServiceCode)));
    const value = quotas.flat().find((each) => isAsked(each, quota))?.Value;
    if (value !== undefined) values.set(what, value);
  }
  return values;
}

/** What applies to this account comes before what every account is given. */
async function quotasOf(sdk: Sdk, list: Lister, ServiceCode: string): Promise<Quota[]> {
  const own = await list(sdk.ListServiceQuotasCommand, { ServiceCode });
  const defaults = await list(sdk.ListAWSDefaultServiceQuotasCommand, { ServiceCode });
  return [...own, ...defaults].flatMap(({ Quotas = [] }) => Quotas);
}

function isAsked({ QuotaCode, QuotaName = '' }: Quota, quota: Need['quota']): boolean {
  return quota?.code ? QuotaCode === quota.code : (quota?.name.test(QuotaName) ?? false);
}
