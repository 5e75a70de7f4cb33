import Diagnostics
import Filesystem
import Tabular
import TestSupport
import Testing

@Suite("Containers") struct ContainerTests {
  private static let table = utf8("siren,nom\n356000000,LA POSTE\n")

  private static func read(_ path: String, _ name: String? = nil) throws -> [UInt8] {
    try readAll(Container.open(path).stream(name))
  }

  struct Packed: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    var testDescription: String { name }
  }

  /// The names lie as often as not: only the first bytes count.
  @Test(arguments: [
    Packed(name: "unites.csv", bytes: table),
    Packed(name: "unites", bytes: table),
    Packed(name: "unites.zip", bytes: ZipBytes(.init("unites.csv", table, .fixed)).bytes),
    Packed(name: "unites.csv", bytes: ZipBytes(.init("unites.csv", table, .stored)).bytes),
    Packed(name: "unites.csv.gz", bytes: DeflateBytes.gzip(table)),
    Packed(name: "unites.csv", bytes: DeflateBytes.gzip(table, header: .name)),
  ])
  func `a table is found whatever it is wrapped in`(_ packed: Packed) throws {
    try withFile(packed.name, packed.bytes) { path in
      let container = try Container.open(path)
      #expect(try readAll(container.stream()) == Self.table)
      #expect(container.path == path)
      #expect(container.size() > 0)
    }
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let code: String
    var testDescription: String { "\(name): \(code)" }
  }

  @Test(arguments: [
    Refusal(name: "stock.zip", text: "siren,nom\n", code: "zip.not_zip"),
    Refusal(name: "STOCK.ZIP", text: "siren,nom\n", code: "zip.not_zip"),
    Refusal(name: "stock.zip", text: "PK", code: "zip.not_zip"),
    Refusal(name: "stock.csv.gz", text: "siren,nom\n", code: "gzip.not_gzip"),
    Refusal(name: "stock.zip", text: "<!DOCTYPE html><html>503</html>", code: "file.html"),
    Refusal(name: "stock.zip", text: "\n\n  <HTML>\n", code: "file.html"),
    Refusal(name: "stock.csv", text: "\u{feff}<!doctype HTML>", code: "file.html"),
    Refusal(name: "stock.csv.gz", text: "<?xml version='1.0'?><Error/>", code: "file.html"),
    Refusal(name: "stock.csv", text: "", code: "file.empty"),
    Refusal(name: "stock.zip", text: "", code: "file.empty"),
  ])
  func `what is no container is told for what it is`(_ refusal: Refusal) throws {
    try withFile(refusal.name, utf8(refusal.text)) { path in
      let problem = expectProblem(refusal.code) { _ = try Container.open(path) }
      #expect(problem?.place.file == path)
    }
  }

  @Test func `a file that is not there is missing`() throws {
    try withTemporaryFolder { folder in
      expectProblem("file.missing") { _ = try Container.open("\(folder)/stock.zip") }
      expectProblem("file.missing") { _ = try Container.open("\(folder)/no/folder/stock.zip") }
    }
  }

  @Test func `a table of an archive is found by its file name, without regard to case or folder`() throws {
    let zip = ZipBytes(.init("KboOpenData/Meta.csv", utf8("meta\n")), .init("KboOpenData/code.csv", utf8("code\n")))
    try withFile("kbo.zip", zip.bytes) { path in
      let container = try Container.open(path)
      #expect(container.tableNames == ["KboOpenData/Meta.csv", "KboOpenData/code.csv"])
      #expect(container.holds("meta.csv") && container.holds("CODE.CSV") && !container.holds("enterprise.csv"))
      #expect(container.size("meta.csv") == 5)
      #expect(container.size() == 10)
      #expect(try Self.read(path, "meta.csv") == utf8("meta\n"))
      #expect(try Self.read(path, "Code.csv") == utf8("code\n"))
      let missing = expectProblem("container.no_table") { _ = try Self.read(path, "enterprise.csv") }
      #expect(missing?.facts == ["table": "enterprise.csv", "found": "KboOpenData/Meta.csv, KboOpenData/code.csv"])
      let several = expectProblem("zip.several_tables") { _ = try Self.read(path) }
      #expect(several?.facts["entries"] == "KboOpenData/Meta.csv, KboOpenData/code.csv")
    }
  }

  @Test func `an archive of nothing holds no table`() throws {
    try withFile("stock.zip", ZipBytes().bytes) { path in
      expectProblem("container.no_table") { _ = try Self.read(path) }
    }
  }

  @Test func `a folder is a container, and what is in it may be packed`() throws {
    try withTemporaryFolder { folder in
      try save(utf8("meta\n"), to: "\(folder)/Meta.csv")
      try save(DeflateBytes.gzip(utf8("code\n")), to: "\(folder)/code.csv")
      let container = try Container.open(folder)
      #expect(container.tableNames == ["Meta.csv", "code.csv"])
      #expect(container.holds("META.csv"))
      #expect(container.size("meta.csv") == 5)
      #expect(container.size("other.csv") == 0)
      #expect(try Self.read(folder, "meta.csv") == utf8("meta\n"))
      #expect(try Self.read(folder, "code.csv") == utf8("code\n"))
      let missing = expectProblem("container.no_table") { _ = try Self.read(folder, "enterprise.csv") }
      #expect(missing?.facts["found"] == "Meta.csv, code.csv")
      expectProblem("container.no_table") { _ = try Self.read(folder) }
    }
  }

  @Test func `a file that shrinks while it is read is truncated`() throws {
    try withFile("stock.csv", utf8("siren,nom\n1,2\n")) { path in
      let stream = StoredStream(try ReadableFile(path))
      try save(utf8("siren"), to: path)
      expectProblem("file.truncated") { _ = try readAll(stream, piece: 4) }
    }
  }

  @Test func `a part of a file is that part`() throws {
    try withFile("digits", utf8("0123456789")) { path in
      let file = try ReadableFile(path)
      #expect(try readAll(StoredStream(file, from: 3, count: 4), piece: 3) == utf8("3456"))
      #expect(try readAll(StoredStream(file, from: 8)) == utf8("89"))
      #expect(try readAll(StoredStream(file, from: 10)).isEmpty)
    }
  }
}
