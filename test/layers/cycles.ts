/** The groups of files that import each other, directly or through other files; empty if there is no cycle. */
export function cyclesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const reaches = (from: string) => {
    const seen = new Set<string>();
    const open = [...(imports.get(from) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(imports.get(next) ?? []));
    }
    return seen;
  };
  const reached = new Map([...imports.keys()].map((file) => [file, reaches(file)]));
  const inCycle = [...reached].filter(([file, files]) => files.has(file)).map(([file]) => file);
  const groups = inCycle.map((file) =>
    inCycle.filter((other) => reached.get(file)?.has(other) && reached.get(other)?.has(file)),
  );
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
}
