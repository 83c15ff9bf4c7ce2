import { crc32, deflateRawSync } from 'node:zlib'

/** For tests: a zip made by hand, so that its headers may say anything. */
export function storedZip(
  files: Record<string, string | Buffer>,
  { deflate = false, claimedSize }: { deflate?: boolean; claimedSize?: number } = {},
): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content as string)
    const body = deflate ? deflateRawSync(plain) : plain
    const header = Buffer.alloc(26)
    header.writeUInt16LE(20, 0)
    header.writeUInt16LE(0x800, 2)
    header.writeUInt16LE(deflate ? 8 : 0, 4)
    header.writeUInt32LE(crc32(plain), 10)
    header.writeUInt32LE(body.length, 14)
    header.writeUInt32LE(claimedSize ?? plain.length, 18)
    header.writeUInt16LE(Buffer.byteLength(name), 22)
    bodies.push(Buffer.from('PK\x03\x04'), header, Buffer.from(name), body)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), header, place, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + body.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(Object.keys(files).length, 4)
  end.writeUInt16LE(Object.keys(files).length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, central, Buffer.from('PK\x05\x06'), end])
}
