/** One way to break the code: a text that occurs once in one file, and its replacement. */
export interface Mutant {
  name: string;
  file: string;
  from: string;
  to: string;
}

export const flow = (verb: string) => `lib/flows/${verb}.ts`;
export const store = (noun: string) => `lib/store/${noun}.ts`;
