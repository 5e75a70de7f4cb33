import Filesystem
import Tabular
import TestSupport
import Testing

/// An archive that is in order, made by hand.
struct ZipCase: Sendable, CustomTestStringConvertible {
  let id: String
  let zip: ZipBytes

  init(_ id: String, _ zip: ZipBytes) { (self.id, self.zip) = (id, zip) }

  init(_ id: String, _ entries: ZipBytes.Entry..., change: (inout ZipBytes) -> Void = { _ in }) {
    var zip = ZipBytes(entries)
    change(&zip)
    self.init(id, zip)
  }

  var testDescription: String { id }

  static let short = utf8("siren,nom\n356000000,LA POSTE\n")
  /// Several blocks of the reader and of deflate.
  static let long = Array((0..<90_000).map { utf8("\($0 * 7_919 % 100_003),é\n") }.joined())

  static func entry(
    _ name: String = "unites.csv", _ content: [UInt8] = short, _ method: ZipBytes.Method = .fixed,
    change: (inout ZipBytes.Entry) -> Void = { _ in }
  ) -> ZipBytes.Entry {
    var entry = ZipBytes.Entry(name, content, method)
    change(&entry)
    return entry
  }

  private static let timestamps = little(0x5455, 2) + little(5, 2) + [1, 0, 0, 0, 0]

  static let all: [ZipCase] = [
    ZipCase("no entry"),
    ZipCase("stored", entry("a.csv", short, .stored)),
    ZipCase("deflated", entry()),
    ZipCase("deflate without compression", entry("a.csv", long, .storedBlocks)),
    ZipCase("long, stored", entry("a.csv", long, .stored)),
    ZipCase("long, deflated", entry("a.csv", long, .fixed)),
    ZipCase(
      "empty entries", entry("a.csv", [], .stored), entry("b.csv", [], .fixed), entry("c.csv", [], .storedBlocks)),
    ZipCase("several entries", entry("a.csv"), entry("b.csv", short, .stored), entry("c/d.csv", utf8("x\n"))),
    ZipCase("a name beyond ASCII", entry("unités légales.csv")),
    ZipCase("a comment", entry()) { $0.comment = utf8("téléchargé le 1er novembre") },
    ZipCase("the longest comment", entry()) { $0.comment = [UInt8](repeating: 0x20, count: 65_535) },
    ZipCase("a comment that looks like an end record", entry()) {
      $0.comment = little(0x0605_4b50, 4) + [UInt8](repeating: 0, count: 40)
    },
    ZipCase("a comment that holds a whole archive", entry()) {
      $0.comment = ZipBytes(entry("other.csv")).bytes + utf8("!")
    },
    ZipCase("bytes before the first entry", entry()) { $0.prefix = utf8("#!/bin/sh\nexit\n") },
    ZipCase(
      "extra fields and comments of entries", entry { ($0.extra, $0.comment) = (timestamps, "a note") }, entry("b.csv")),
    ZipCase("a data descriptor", entry { $0.descriptor = .signed }, entry("b.csv")),
    ZipCase("a data descriptor without its mark", entry { $0.descriptor = .unsigned }, entry("b.csv")),
    ZipCase("a data descriptor of zip64", entry { ($0.descriptor, $0.zip64) = (.wide, true) }, entry("b.csv")),
    ZipCase("zip64 fields", entry("a.csv", short, .stored) { $0.zip64 = true }, entry("b.csv") { $0.zip64 = true }),
    ZipCase("zip64 fields behind others", entry { ($0.extra, $0.zip64) = (timestamps, true) }),
    ZipCase("a zip64 directory", entry(), entry("b.csv")) { $0.zip64 = true },
    ZipCase("zip64 and the longest comment", entry()) {
      ($0.zip64, $0.comment) = (true, [UInt8](repeating: 0x20, count: 65_535))
    },
    ZipCase("zip64 throughout, with a comment", entry { $0.zip64 = true }) {
      ($0.zip64, $0.comment) = (true, utf8("x"))
    },
  ]
}

@Suite("Zip archives") struct ZipArchiveTests {
  @Test(arguments: ZipCase.all)
  func `an archive in order gives its entries back`(_ example: ZipCase) throws {
    try withFile("stock.zip", example.zip.bytes) { path in
      let archive = try ZipArchive(ReadableFile(path))
      #expect(archive.entries.map(\.name) == example.zip.entries.map(\.name))
      #expect(archive.entries.map(\.size) == example.zip.entries.map(\.content.count))
      #expect(archive.comment == String(decoding: example.zip.comment, as: UTF8.self))
      for (entry, made) in zip(archive.entries, example.zip.entries) {
        #expect(try readAll(archive.stream(entry)) == made.content)
      }
    }
  }

  @Test(arguments: [1, 7, 300, 70_000])
  func `an entry is the same in whatever pieces it is asked for`(piece: Int) throws {
    let zip = ZipBytes(ZipCase.entry("a.csv", ZipCase.long, .fixed), ZipCase.entry("b.csv", ZipCase.short, .stored))
    try withFile("stock.zip", zip.bytes) { path in
      let archive = try ZipArchive(ReadableFile(path))
      for (entry, made) in Swift.zip(archive.entries, zip.entries) {
        #expect(try readAll(archive.stream(entry), piece: piece) == made.content)
      }
    }
  }

  @Test func `entries may be read in any order and twice`() throws {
    let zip = ZipBytes((0..<5).map { ZipCase.entry("\($0).csv", utf8("number \($0)\n")) })
    try withFile("stock.zip", zip.bytes) { path in
      let archive = try ZipArchive(ReadableFile(path))
      for number in [4, 0, 2, 2, 1, 4] {
        #expect(try readAll(archive.stream(archive.entries[number])) == utf8("number \(number)\n"))
      }
    }
  }

  @Test func `folders in an archive are no entries`() throws {
    let zip = ZipBytes(ZipCase.entry("kbo/", [], .stored), ZipCase.entry("kbo/meta.csv"))
    try withFile("kbo.zip", zip.bytes) { path in
      let archive = try ZipArchive(ReadableFile(path))
      #expect(archive.entries.map(\.name) == ["kbo/meta.csv"])
    }
  }

  @Test func `a table is read straight out of its archive`() throws {
    try withFile("stock.zip", ZipBytes(ZipCase.entry()).bytes) { path in
      let contents = try readTable(Container.open(path).stream())
      #expect(contents.columns == ["siren", "nom"])
      #expect(contents.rows == [["356000000", "LA POSTE"]])
    }
  }
}
