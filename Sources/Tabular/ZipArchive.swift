package import Diagnostics
package import Filesystem

/// The directory of a zip file: its entries, and a stream for each.
///
/// Only the directory at the end is trusted (sizes, offsets), as the format demands; zip64 is read,
/// encryption and methods other than stored and deflate are refused with a word.
package struct ZipArchive: Sendable {
  package struct Entry: Sendable, Equatable {
    package let name: String
    package let size: Int
    package let packedSize: Int
    package let checksum: UInt32
    let method: Int
    let flags: Int
    let offset: Int
  }

  package let file: ReadableFile
  package let entries: [Entry]
  /// What the maker of the archive wrote at its end.
  package let comment: String

  package init(_ file: ReadableFile) throws(Problem) {
    self.file = file
    let directory = try Self.findDirectory(file)
    comment = directory.comment
    entries = try Self.readDirectory(file, directory)
  }

  /// The bytes of an entry, inflated and checked.
  package func stream(_ entry: Entry) throws(Problem) -> any ByteStream {
    let place = Place(file: file.path, entry: entry.name)
    guard entry.flags & 1 == 0 else { throw Problem("zip.encrypted", at: place) }
    let header = LittleEndian(try file.bytes(at: entry.offset, count: 30))
    guard header.count == 30, header.u32(0) == 0x0403_4b50 else {
      throw Problem("zip.truncated", at: place)
    }
    let start = entry.offset + 30 + header.u16(26) + header.u16(28)
    guard start + entry.packedSize <= file.size else { throw Problem("zip.truncated", at: place) }
    let packed = StoredStream(file, from: start, count: entry.packedSize)
    switch entry.method {
    case 0:
      return CheckedStream(packed, count: entry.size, checksum: entry.checksum, at: place)
    case 8:
      return CheckedStream(
        InflatingStream(packed, .raw, at: place), count: entry.size, checksum: entry.checksum,
        at: place)
    default:
      throw Problem("zip.method", at: place, ["method": String(entry.method)])
    }
  }

  private struct Directory {
    var count: Int
    var offset: Int
    var size: Int
    var comment: String
  }

  /// The end record stands within the last 64 KiB, and the directory right before it (zip64 puts two more
  /// records between). What only looks like one, in a comment say, has no directory before it.
  private static func findDirectory(_ file: ReadableFile) throws(Problem) -> Directory {
    let window = 65_535 + 22 + 20
    let tailStart = max(0, file.size - window)
    let tail = LittleEndian(try file.bytes(at: tailStart, count: window))
    var at = tail.count - 22
    var looksWhole = false
    while at >= 0 {
      // The comment must be whole: an archive cut in its comment is cut all the same.
      if tail.u32(at) == 0x0605_4b50, at + 22 + tail.u16(at + 20) <= tail.count {
        if let found = try directory(endingAt: at, tail, tailStart, file) { return found }
        looksWhole = true
      }
      at -= 1
    }
    throw Problem(looksWhole ? "zip.directory" : "zip.truncated", at: Place(file: file.path))
  }

  private static func directory(
    endingAt at: Int, _ tail: LittleEndian, _ tailStart: Int, _ file: ReadableFile
  ) throws(Problem) -> Directory? {
    let commentLength = tail.u16(at + 20)
    var found = Directory(
      count: tail.u16(at + 10), offset: tail.u32(at + 16), size: tail.u32(at + 12),
      comment: tail.text(at + 22, commentLength))
    var end = tailStart + at
    if at >= 20, tail.u32(at - 20) == 0x0706_4b50 {
      let recordAt = tail.u64(at - 12)
      let record = LittleEndian(try file.bytes(at: recordAt, count: 56))
      guard record.count == 56, record.u32(0) == 0x0606_4b50 else { return nil }
      found = Directory(
        count: record.u64(32), offset: record.u64(48), size: record.u64(40), comment: found.comment)
      end = recordAt
    }
    guard found.offset >= 0, found.size >= 0, found.count >= 0, found.size <= file.size,
      found.offset <= file.size, found.offset + found.size == end, found.count <= found.size / 46
    else { return nil }
    return found
  }

  private static func readDirectory(_ file: ReadableFile, _ directory: Directory) throws(Problem)
    -> [Entry]
  {
    let place = Place(file: file.path)
    let bytes = LittleEndian(try file.bytes(at: directory.offset, count: directory.size))
    var entries: [Entry] = []
    var at = 0
    for _ in 0..<directory.count {
      guard at + 46 <= bytes.count, bytes.u32(at) == 0x0201_4b50 else {
        throw Problem("zip.directory", at: place)
      }
      let nameLength = bytes.u16(at + 28)
      let extraLength = bytes.u16(at + 30)
      let next = at + 46 + nameLength + extraLength + bytes.u16(at + 32)
      guard next <= bytes.count else { throw Problem("zip.directory", at: place) }
      var size = bytes.u32(at + 24)
      var packed = bytes.u32(at + 20)
      var offset = bytes.u32(at + 42)
      // Zip64 extra field: the values that did not fit, in this order, each only if it did not fit.
      var extra = at + 46 + nameLength
      let extraEnd = extra + extraLength
      while extra + 4 <= extraEnd {
        let kind = bytes.u16(extra)
        let length = bytes.u16(extra + 2)
        if kind == 1 {
          var field = extra + 4
          let fieldEnd = min(extraEnd, field + length)
          for part in [\Sizes.size, \Sizes.packed, \Sizes.offset] {
            var sizes = Sizes(size: size, packed: packed, offset: offset)
            if sizes[keyPath: part] == 0xffff_ffff, field + 8 <= fieldEnd {
              sizes[keyPath: part] = bytes.u64(field)
              field += 8
            }
            (size, packed, offset) = (sizes.size, sizes.packed, sizes.offset)
          }
        }
        extra += 4 + length
      }
      guard size >= 0, packed >= 0, offset >= 0, offset <= file.size, packed <= file.size else {
        throw Problem("zip.directory", at: place)
      }
      entries.append(
        Entry(
          name: bytes.text(at + 46, nameLength), size: size, packedSize: packed,
          checksum: UInt32(bytes.u32(at + 16)), method: bytes.u16(at + 10),
          flags: bytes.u16(at + 8), offset: offset))
      at = next
    }
    // As many entries as said, no more: the directory ends with the last.
    guard at == bytes.count else { throw Problem("zip.directory", at: place) }
    return entries.filter { !$0.name.hasSuffix("/") }
  }

  private struct Sizes {
    var size: Int
    var packed: Int
    var offset: Int
  }
}

/// Bytes read as the little-endian numbers of the zip format. Out of range reads as 0.
struct LittleEndian {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  private func number(_ at: Int, _ width: Int) -> UInt64 {
    guard at >= 0, at + width <= bytes.count else { return 0 }
    return (0..<width).reduce(0) { $0 | UInt64(bytes[at + $1]) << (8 * UInt64($1)) }
  }

  func u16(_ at: Int) -> Int { Int(number(at, 2)) }
  func u32(_ at: Int) -> Int { Int(number(at, 4)) }
  /// −1 where the number does not fit an `Int`: no file is that large.
  func u64(_ at: Int) -> Int { Int(exactly: number(at, 8)) ?? -1 }
  func text(_ at: Int, _ count: Int) -> String { String(decoding: bytes[at..<at + count], as: UTF8.self) }
}
