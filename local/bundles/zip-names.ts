const CENTRAL_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;

/**
 * The names of the files in a zip archive, from its central directory:
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12.
 */
export function zipNames(archive: Buffer): string[] {
  let end = archive.length - END_BYTES;
  while (end > 0 && archive.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  let at = archive.readUInt32LE(end + 16);
  const names: string[] = [];
  while (archive.readUInt32LE(at) === CENTRAL_ENTRY) {
    const nameBytes = archive.readUInt16LE(at + 28);
    const restBytes = archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    names.push(archive.toString('utf8', at + 46, at + 46 + nameBytes));
    at += 46 + nameBytes + restBytes;
  }
  return names;
}
