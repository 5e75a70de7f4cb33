import Diagnostics
import Filesystem
import Tabular
import TestSupport
import Testing

@Suite("Damaged zip archives") struct DamagedZipTests {
  struct Damage: Sendable, CustomTestStringConvertible {
    let id: String
    let zip: ZipBytes
    let codes: [String]

    init(_ id: String, _ codes: String..., change: (inout ZipBytes) -> Void) {
      var zip = ZipBytes(ZipCase.entry("a.csv"), ZipCase.entry("b.csv", ZipCase.short, .stored))
      change(&zip)
      (self.id, self.zip, self.codes) = (id, zip, codes)
    }

    var testDescription: String { id }

    static let all: [Damage] = [
      Damage("wrong CRC, deflated", "zip.checksum") { $0.entries[0].claimedChecksum = 1 },
      Damage("wrong CRC, stored", "zip.checksum") { $0.entries[1].claimedChecksum = 1 },
      Damage("shorter than said, deflated", "zip.truncated") { $0.entries[0].claimedSize = 100 },
      Damage("shorter than said, stored", "zip.truncated") { $0.entries[1].claimedSize = 100 },
      Damage("longer than said, deflated", "zip.length") { $0.entries[0].claimedSize = 5 },
      Damage("longer than said, stored", "zip.length") { $0.entries[1].claimedSize = 5 },
      Damage("no length said", "zip.length") { $0.entries[0].claimedSize = 0 },
      Damage("packed bytes cut", "zip.truncated") { $0.entries[0].claimedPackedSize = 7 },
      Damage("no packed bytes", "zip.truncated") { $0.entries[0].claimedPackedSize = 0 },
      Damage("packed bytes beyond the file", "zip.truncated", "zip.directory") {
        $0.entries[0].claimedPackedSize = 99_999
      },
      Damage("encrypted", "zip.encrypted") { $0.entries[0].encrypted = true },
      Damage("bzip2", "zip.method") { $0.entries[0].claimedMethod = 12 },
      Damage("stored read as deflate", "zip.broken", "zip.truncated") { $0.entries[1].claimedMethod = 8 },
      Damage("an offset into the data", "zip.truncated") { $0.entries[0].claimedOffset = 3 },
      Damage("an offset beyond the file", "zip.truncated", "zip.directory") { $0.entries[0].claimedOffset = 99_999 },
      Damage("an entry less than said", "zip.directory", "zip.truncated") { $0.claimedCount = 3 },
      Damage("an entry more than said", "zip.directory") { $0.claimedCount = 1 },
      Damage("no entry said", "zip.directory") { $0.claimedCount = 0 },
      Damage("thousands of entries said", "zip.directory") { $0.claimedCount = 60_000 },
      Damage("a directory beyond the file", "zip.directory") { $0.claimedDirectoryOffset = 1 << 20 },
      Damage("a directory elsewhere", "zip.directory") { $0.claimedDirectoryOffset = 4 },
      Damage("a directory longer than the file", "zip.directory") { $0.claimedDirectorySize = 1 << 20 },
      Damage("a directory cut", "zip.directory", "zip.truncated") { $0.claimedDirectorySize = 60 },
      Damage("zip64, a directory far beyond", "zip.directory") { ($0.zip64, $0.claimedDirectoryOffset) = (true, .max) },
      Damage("zip64, a place of 64 bits", "zip.directory") { ($0.zip64, $0.claimedDirectoryOffset) = (true, -1) },
      Damage("zip64, a length of 64 bits", "zip.directory") { ($0.zip64, $0.claimedDirectorySize) = (true, .max) },
      Damage("zip64, a count of 64 bits", "zip.directory") { ($0.zip64, $0.claimedCount) = (true, .max) },
      Damage("zip64, an entry far beyond", "zip.directory") {
        ($0.entries[0].zip64, $0.entries[0].claimedOffset) = (true, .max)
      },
      Damage("zip64, an entry of 64 bits", "zip.directory") {
        ($0.entries[0].zip64, $0.entries[0].claimedOffset) = (true, -1)
      },
      Damage("zip64, packed bytes of 63 bits", "zip.directory") {
        ($0.entries[0].zip64, $0.entries[0].claimedPackedSize) = (true, .max)
      },
      Damage("zip64, a size of 63 bits", "zip.truncated") {
        ($0.entries[0].zip64, $0.entries[0].claimedSize) = (true, .max)
      },
    ]
  }

  /// All that an archive holds, entry after entry.
  private static func contents(_ path: String) throws -> [[UInt8]] {
    guard case .zip(let archive) = try Container.open(path) else { throw Problem("zip.not_zip") }
    return try archive.entries.map { try readAll(archive.stream($0)) }
  }

  @Test(arguments: Damage.all)
  func `damage is told for what it is`(_ damage: Damage) throws {
    try withFile("stock.zip", damage.zip.bytes) { path in
      let problem = try #require(try problem { _ = try Self.contents(path) })
      #expect(damage.codes.contains(problem.code), "\(problem)")
      #expect(problem.place.file == path)
    }
  }

  @Test func `the entry that is damaged is named`() throws {
    var zip = ZipBytes(ZipCase.entry("a.csv"), ZipCase.entry("kbo/b.csv"))
    zip.entries[1].claimedChecksum = 77
    try withFile("stock.zip", zip.bytes) { path in
      expectProblem("zip.checksum", entry: "kbo/b.csv") { _ = try Self.contents(path) }
    }
    zip.entries[1].claimedMethod = 14
    try withFile("stock.zip", zip.bytes) { path in
      let problem = expectProblem("zip.method", entry: "kbo/b.csv") { _ = try Self.contents(path) }
      #expect(problem?.facts["method"] == "14")
    }
  }

  @Test(arguments: [false, true])
  func `an archive cut anywhere is never taken for a whole one`(zip64: Bool) throws {
    var zip = ZipBytes(ZipCase.entry("a.csv"), ZipCase.entry("b.csv", ZipCase.short, .stored) { $0.zip64 = zip64 })
    zip.zip64 = zip64
    zip.comment = utf8("a comment")
    let bytes = zip.bytes
    try withTemporaryFolder { folder in
      let path = "\(folder)/stock.zip"
      var survivors: [Int] = []
      for count in 0..<bytes.count {
        try save(Array(bytes[..<count]), to: path)
        let problem = try problem { _ = try Self.contents(path) }
        if problem == nil { survivors.append(count) }
        #expect(problem?.code.hasPrefix("zip.") ?? true || problem?.code == "file.empty")
      }
      #expect(survivors.isEmpty, "lengths out of \(bytes.count) bytes")
      try save(bytes, to: path)
      #expect(try Self.contents(path) == zip.entries.map(\.content))
    }
  }

  @Test(arguments: [0x01, 0x02, 0x08, 0x20, 0x40, 0x80, 0xff] as [UInt8])
  func `an archive with one byte changed is refused, or reads as before`(mask: UInt8) throws {
    let zip = ZipBytes(
      ZipCase.entry("a.csv"), ZipCase.entry("b.csv", ZipCase.short, .stored) { $0.descriptor = .signed })
    let bytes = zip.bytes
    let expected = zip.entries.map(\.content)
    try withTemporaryFolder { folder in
      let path = "\(folder)/stock.zip"
      for place in bytes.indices {
        var changed = bytes
        changed[place] ^= mask
        try save(changed, to: path)
        var contents = expected
        _ = try problem { contents = try Self.contents(path) }
        #expect(contents == expected, "byte \(place)")
      }
    }
  }

  @Test(arguments: 0..<6)
  func `bytes at random behind the mark of a zip are refused`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let marks: [[UInt8]] = [
      [0x50, 0x4b, 3, 4], [0x50, 0x4b, 1, 2], [0x50, 0x4b, 5, 6], [0x50, 0x4b, 6, 6], [0x50, 0x4b, 6, 7],
    ]
    try withTemporaryFolder { folder in
      let path = "\(folder)/stock.zip"
      for _ in 0..<200 {
        let pieces = (0..<random.number(1...8)).flatMap { _ in
          random.pick(marks) + random.bytes(random.number(0...60), from: [0, 1, 0xff, 0x2e, 46, 22])
        }
        try save([0x50, 0x4b, 3, 4] + pieces, to: path)
        var contents: [[UInt8]] = []
        _ = try problem { contents = try Self.contents(path) }
        #expect(contents.joined().isEmpty)
      }
    }
  }
}
