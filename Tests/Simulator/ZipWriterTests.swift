import Filesystem
import Glibc
import Testing

@testable import Tabular

@Suite struct ZipWriterTests {
  private static func text(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(ascii: "a") + UInt8(($0 * 7 + $0 / 91) % 26) }
  }

  private static func read(_ archive: ZipArchive, _ entry: ZipArchive.Entry) throws -> [UInt8] {
    let stream = try archive.stream(entry)
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 70_001)
    while true {
      let count = try block.withUnsafeMutableBytes { try stream.read(into: $0) }
      if count == 0 { return all }
      all += block[..<count]
    }
  }

  private static func write(_ path: String, _ entries: [(name: String, bytes: [UInt8])]) throws {
    let zip = try ZipWriter(path)
    for entry in entries {
      try zip.begin(entry: entry.name)
      // In two pieces, so that a stream is more than one call.
      let half = entry.bytes.count / 2
      try entry.bytes[..<half].withUnsafeBytes { try zip.write($0) }
      try entry.bytes[half...].withUnsafeBytes { try zip.write($0) }
      try zip.endEntry()
    }
    try zip.finish(comment: "été")
  }

  @Test func whatGoesInComesOut() throws {
    try Sample.inFolder { folder in
      let entries = [
        ("empty.csv", []), ("one.csv", [UInt8(ascii: "x")]), ("été.csv", Self.text(1_000)),
        ("long.csv", Self.text(3_000_001)),
      ]
      let path = "\(folder)/all.zip"
      try Self.write(path, entries)
      let archive = try ZipArchive(try ReadableFile(path))
      #expect(archive.entries.map(\.name) == entries.map(\.0))
      for (entry, wanted) in zip(archive.entries, entries) {
        #expect(entry.size == wanted.1.count)
        #expect(try Self.read(archive, entry) == wanted.1)
      }
    }
  }

  @Test func sameBytesSameFile() throws {
    try Sample.inFolder { folder in
      let entries = [("a.csv", Self.text(700_000)), ("b.csv", Self.text(12))]
      try Self.write("\(folder)/1.zip", entries)
      try Self.write("\(folder)/2.zip", entries)
      #expect(
        try Folder.contents(of: "\(folder)/1.zip") == Folder.contents(of: "\(folder)/2.zip"))
    }
  }

  @Test func aFullDiskIsSaid() throws {
    // /dev/full accepts a file being opened and refuses each byte.
    let zip = try ZipWriter("/dev/full")
    #expect(throws: (any Error).self) {
      try zip.begin(entry: "a.csv")
      for _ in 0..<40 { try Self.text(300_000).withUnsafeBytes { try zip.write($0) } }
      try zip.endEntry()
      try zip.finish(comment: "")
    }
  }

  @Test func largeEntriesHaveLargeFields() {
    let big = 5_000_000_000
    let small = ZipRecords.directoryEntry(
      name: [65], checksum: 1, count: 10, packedCount: 5, offset: 0)
    #expect(small.count == 46 + 1)
    let large = ZipRecords.directoryEntry(
      name: [65], checksum: 1, count: big, packedCount: 5, offset: big)
    #expect(large.count == 46 + 1 + 4 + 16)
    // The place of the uncompressed length says "look further"; the field has it, then the offset.
    #expect(Array(large[24..<28]) == [255, 255, 255, 255])
    #expect(Array(large[47..<51]) == [1, 0, 16, 0])
    #expect(LittleEndian(large).u64(51) == big)
    #expect(LittleEndian(large).u64(59) == big)
    #expect(ZipRecords.end(entries: 1, size: 50, offset: 90, comment: []).count == 22)
    #expect(ZipRecords.end(entries: 1, size: 50, offset: big, comment: [1]).count == 56 + 20 + 23)
  }
}

@Suite struct CSVWriterTests {
  private final class Kept: ByteSink {
    var bytes: [UInt8] = []
    func write(_ part: UnsafeRawBufferPointer) { bytes += part }
  }

  @Test func fieldsAreWrittenAsTheyRead() throws {
    let kept = Kept()
    var csv = CSVWriter(to: kept)
    try csv.header("a,b")
    for value in [0, 9, 10, -3, 1_000, 99_999, 100_000, Int(Int32.max), 999_999_999_999] {
      csv.number(value)
      csv.comma()
      csv.digits(abs(value) % 1_000, 5)
      try csv.endRow()
    }
    csv.text("é")
    csv.commas(3)
    try csv.endRow()
    try csv.flush()
    #expect(csv.rows == 10)
    #expect(
      String(decoding: kept.bytes, as: UTF8.self) == """
        a,b
        0,00000
        9,00009
        10,00010
        -3,00003
        1000,00000
        99999,00999
        100000,00000
        2147483647,00647
        999999999999,00999
        é,,,

        """)
  }

  @Test func blocksAreHandedOnWhenFull() throws {
    let kept = Kept()
    var csv = CSVWriter(to: kept)
    for value in 0..<100_000 {
      csv.digits(value, 9)
      try csv.endRow()
    }
    #expect(!kept.bytes.isEmpty)
    try csv.flush()
    #expect(kept.bytes.count == 1_000_000)
    #expect(kept.bytes.suffix(10) == Array("000099999\n".utf8))
  }
}
