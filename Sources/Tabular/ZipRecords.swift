/// The records of the zip format that frame packed bytes, as PKWARE's APPNOTE.TXT lays them out.
enum ZipRecords {
  private static let full32: Int = 0xffff_ffff
  private static let version: Int = 45
  /// Bit 3: lengths follow the data. Bit 11: names are UTF-8.
  private static let flags: Int = 1 << 3 | 1 << 11
  /// 1980-01-01 00:00, the first moment the format knows: time (0), then date.
  private static let date: Int = 0x21

  static func localHeader(name: [UInt8]) -> [UInt8] {
    var bytes = Bytes()
    bytes.u32(0x0403_4b50)
    bytes.u16(version, flags, 8, 0, date)
    bytes.u32(0, full32, full32)
    bytes.u16(name.count, 20)
    bytes.all += name
    // The zip64 field says that the descriptor has eight-byte lengths; here they are still unknown.
    bytes.u16(1, 16)
    bytes.u64(0, 0)
    return bytes.all
  }

  static func descriptor(checksum: UInt32, count: Int, packedCount: Int) -> [UInt8] {
    var bytes = Bytes()
    bytes.u32(0x0807_4b50, Int(checksum))
    bytes.u64(packedCount, count)
    return bytes.all
  }

  static func directoryEntry(
    name: [UInt8], checksum: UInt32, count: Int, packedCount: Int, offset: Int
  ) -> [UInt8] {
    // Values that do not fit, in this order; a value that fits stands in its own place only.
    let large = [count, packedCount, offset].filter { $0 >= full32 }
    var bytes = Bytes()
    bytes.u32(0x0201_4b50)
    bytes.u16(3 << 8 | version, version, flags, 8, 0, date)
    bytes.u32(Int(checksum), min(packedCount, full32), min(count, full32))
    bytes.u16(name.count, large.isEmpty ? 0 : 4 + 8 * large.count, 0, 0, 0)
    bytes.u32(0o100644 << 16, min(offset, full32))
    bytes.all += name
    if !large.isEmpty {
      bytes.u16(1, 8 * large.count)
      for value in large { bytes.u64(value) }
    }
    return bytes.all
  }

  static func end(entries: Int, size: Int, offset: Int, comment: [UInt8]) -> [UInt8] {
    var bytes = Bytes()
    if entries >= 0xffff || size >= full32 || offset >= full32 {
      bytes.u32(0x0606_4b50)
      bytes.u64(44)
      bytes.u16(3 << 8 | version, version)
      bytes.u32(0, 0)
      bytes.u64(entries, entries, size, offset)
      bytes.u32(0x0706_4b50, 0)
      bytes.u64(offset + size)
      bytes.u32(1)
    }
    bytes.u32(0x0605_4b50)
    bytes.u16(0, 0, min(entries, 0xffff), min(entries, 0xffff))
    bytes.u32(min(size, full32), min(offset, full32))
    bytes.u16(comment.count)
    bytes.all += comment
    return bytes.all
  }

  private struct Bytes {
    var all: [UInt8] = []

    mutating func u16(_ values: Int...) { for value in values { add(value, 2) } }
    mutating func u32(_ values: Int...) { for value in values { add(value, 4) } }
    mutating func u64(_ values: Int...) { for value in values { add(value, 8) } }

    private mutating func add(_ value: Int, _ width: Int) {
      for place in 0..<width { all.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }
  }
}
