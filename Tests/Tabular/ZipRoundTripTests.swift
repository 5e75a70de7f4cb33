import Filesystem
import Tabular
import TestSupport
import Testing

@Suite("Archives that Essor writes") struct ZipRoundTripTests {
  private static let unzip = Tool("unzip")

  private static func write(
    _ entries: [(name: String, content: [UInt8])], to path: String, comment: String, _ random: inout SplitMix64
  ) throws {
    let writer = try ZipWriter(path)
    for entry in entries {
      try writer.begin(entry: entry.name)
      var start = 0
      while start < entry.content.count {
        let end = min(start + random.pick([1, 100, 60_000, 300_000]), entry.content.count)
        try entry.content[start..<end].withUnsafeBytes { try writer.write($0) }
        start = end
      }
      try writer.endEntry()
    }
    try writer.finish(comment: comment)
  }

  private static func entries(_ random: inout SplitMix64) -> [(name: String, content: [UInt8])] {
    (0..<random.number(0...4)).map { number in
      let alphabet = random.pick([utf8("ab"), utf8("0123456789,\n"), Array(UInt8.min...UInt8.max)])
      return ("fr/données \(number).csv", random.bytes(random.pick([0, 1, 1_000, 400_000]), from: alphabet))
    }
  }

  @Test(arguments: 0..<8)
  func `what was written is read again`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let entries = Self.entries(&random)
    try withTemporaryFolder { folder in
      let path = "\(folder)/stock.zip"
      try Self.write(entries, to: path, comment: "édition \(seed)", &random)
      let archive = try ZipArchive(ReadableFile(path))
      #expect(archive.comment == "édition \(seed)")
      #expect(archive.entries.map(\.name) == entries.map(\.name))
      for (entry, written) in zip(archive.entries, entries) {
        #expect(entry.checksum == checksum32(written.content))
        #expect(try readAll(archive.stream(entry)) == written.content)
      }
    }
  }

  @Test(.enabled(if: unzip != nil, "unzip is not on this machine"), arguments: 10..<13)
  func `unzip finds nothing wrong`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let unzip = try #require(Self.unzip)
    let entries = [("first.csv", utf8("a,b\n1,2\n"))] + Self.entries(&random)
    try withTemporaryFolder { folder in
      let path = "\(folder)/stock.zip"
      try Self.write(entries, to: path, comment: "", &random)
      #expect(try unzip.status("-t", path) == 0)
      #expect(try unzip.status("-q", path, "first.csv", "-d", folder) == 0)
      #expect(try Folder.contents(of: "\(folder)/first.csv") == entries[0].1)
    }
  }

  @Test(.enabled(if: unzip != nil, "unzip is not on this machine"), arguments: ZipCase.all)
  func `unzip reads the archives made by hand for these tests`(_ example: ZipCase) throws {
    // 82 is "nothing matched" of an archive without entries; comments that hold archives confuse unzip too.
    guard !example.zip.entries.isEmpty, !example.id.hasPrefix("a comment that") else { return }
    let unzip = try #require(Self.unzip)
    try withFile("stock.zip", example.zip.bytes) { path in
      // 1 is a warning, for the bytes before the first entry.
      let status = try unzip.status("-t", path)
      #expect(status == 0 || !example.zip.prefix.isEmpty)
    }
  }

  @Test func `an archive of ours cut anywhere is never taken for a whole one`() throws {
    var random = SplitMix64(seed: 99)
    try withTemporaryFolder { folder in
      let path = "\(folder)/stock.zip"
      try Self.write([("a.csv", utf8("a,b\n1,2\n")), ("b.csv", [])], to: path, comment: "note", &random)
      let bytes = try Folder.contents(of: path)
      var survivors: [Int] = []
      for count in 1..<bytes.count {
        try save(Array(bytes[..<count]), to: path)
        let problem = try problem {
          let container = try Container.open(path)
          for name in container.tableNames { _ = try readAll(container.stream(name)) }
        }
        if problem == nil { survivors.append(count) }
      }
      #expect(survivors.isEmpty, "lengths out of \(bytes.count) bytes")
    }
  }
}
