import Diagnostics
import Filesystem
import TestSupport
import Testing
import Warehouse

/// What was imported stays what it was, and whatever no longer is gets noticed.
@Suite("Files that were imported")
struct FilingTests {
  private let other = SmallSirene.units([.init(SmallObservatory.a)])

  @Test func `the same file again changes nothing`() throws {
    let small = try SmallObservatory()
    let before = try small.build()
    try small.importing(.sireneUnits, "units.csv", SmallSirene.units(SmallObservatory.units))
    #expect(try small.build() == before)
  }

  @Test func `another file does not take the place of one already filed, unless asked`() throws {
    let small = try SmallObservatory()
    let before = try SourceArchive(small.observatory).items.map(\.receipt)
    let problem = expectProblem("import.vintage_exists") {
      _ = try small.importing(.sireneUnits, "other.csv", other)
    }
    #expect(problem?.facts["file"] == "units.csv")
    #expect(try SourceArchive(small.observatory).items.map(\.receipt) == before)
    let receipt = try small.importing(.sireneUnits, "other.csv", other, replacing: true)
    #expect(try SourceArchive(small.observatory).newest(.sireneUnits)?.receipt == receipt)
    // Nothing else lies about.
    #expect(try Folder.names(in: "\(small.observatory.sources)/sirene-units") == [receipt.vintage])
    #expect(
      try Folder.names(in: "\(small.observatory.sources)/sirene-units/\(receipt.vintage)") == [
        "files", "receipt.json", "rejected.csv",
      ])
  }

  @Test func `what a killed import left behind is cleared away by the next`() throws {
    let small = try SmallObservatory()
    _ = try small.folder.write("o/sources/sirene-units/.incoming-1/half.csv", "siren\n")
    try small.importing(.sireneUnits, "other.csv", other, replacing: true)
    #expect(try Folder.names(in: "\(small.observatory.sources)/sirene-units").count == 1)
  }

  @Test func `a file changed after its import is not built from`() throws {
    let small = try SmallObservatory()
    let path = try #require(SourceArchive(small.observatory).newest(.sireneEstablishments)?.stored.first?.path)
    try Folder.write(Array(SmallSirene.establishments([.init(SmallObservatory.a1)]).utf8), to: path)
    let problem = expectProblem("source.changed") { _ = try small.build() }
    #expect(problem?.place.file == path)
  }

  @Test func `a file gone since its import is to be imported again`() throws {
    let small = try SmallObservatory()
    let item = try #require(SourceArchive(small.observatory).newest(.sireneUnits))
    let path = try #require(item.stored.first?.path)
    try Folder.remove(path)
    for attempt in [{ _ = try small.build() }, { _ = try item.open() }] as [() throws -> Void] {
      let problem = expectProblem("source.gone") { try attempt() }
      #expect(problem?.place.file == path)
      #expect(problem?.facts["vintage"] == item.receipt.vintage)
    }
    try Folder.remove("\(item.folder)/receipt.json")
    let problem = expectProblem("source.gone") { _ = try small.build() }
    #expect(problem?.place.file == "\(item.folder)/receipt.json")
  }

  private func failing(_ small: SmallObservatory) throws -> [String] {
    let check = try Check(small.observatory, ReleaseFolder(small.observatory), Checkout.perimeters)
    return check.quality.filter { !$0.passed }.map(\.name)
  }

  @Test func `check reports what is gone or changed, and goes on`() throws {
    let small = try SmallObservatory()
    _ = try small.build()
    #expect(try failing(small) == [])
    let current = small.observatory.currentLink
    let path = try #require(SourceArchive(small.observatory).newest(.workforce)?.stored.first?.path)
    try Folder.remove(path)
    #expect(try failing(small) == ["fingerprints"])
    let manifest = "\(current)/manifest.json"
    let text = String(decoding: try Folder.contents(of: manifest), as: UTF8.self)
    try Folder.write(Array(text.replacing("\"units\" : 3", with: "\"units\" : 4").utf8), to: manifest)
    #expect(try failing(small) == ["fingerprints", "manifest"])
    try Folder.remove("\(current)/cube.parquet")
    #expect(try failing(small) == ["fingerprints", "manifest", "release_files"])
  }

  @Test(
    arguments: ["../../x", "9999-99", "2024-00", "[ND]   ", "; rm -r", "\u{e9}\u{e9}\u{e9}x"])
  func `what is no date is no vintage`(_ treated: String) throws {
    let small = try SmallObservatory(workforce: nil)
    let text = SmallSirene.units([.init(SmallObservatory.a)]).replacing("2024-01-15T00:00:00", with: treated)
    let receipt = try small.importing(.sireneUnits, "odd.csv", text)
    #expect(receipt.vintage == Importer.undated)
    #expect(try Folder.names(in: small.observatory.path).filter { $0 != ".lock" } == ["essor.json", "sources"])
  }

  @Test func `the year of the size bands is the one that most rows give`() throws {
    let small = try SmallObservatory(workforce: nil)
    let rows = SmallSirene.establishments(SmallObservatory.establishments).split(separator: "\n").map(String.init)
    let text = (rows.dropLast() + [rows[rows.count - 1].replacing(",2023,", with: ",2099,")]).joined(separator: "\n")
    let receipt = try small.importing(.sireneEstablishments, "odd.csv", text, replacing: true)
    #expect(receipt.year == 2023)
  }

  @Test(arguments: ["rejected.csv", "receipt.json", "a › b.csv", "units.csv"])
  func `a file may bear any name`(_ name: String) throws {
    let small = try SmallObservatory(workforce: nil)
    try small.importing(.sireneUnits, "in/\(name)", SmallSirene.units(SmallObservatory.units), replacing: true)
    _ = try small.build()
    #expect(try failing(small) == [])
  }

  @Test func `a manifest that was tampered with opens nothing`() throws {
    let small = try SmallObservatory(workforce: nil)
    _ = try small.build()
    let manifest = "\(small.observatory.currentLink)/manifest.json"
    let text = String(decoding: try Folder.contents(of: manifest), as: UTF8.self)
    let stolen = small.folder["stolen.csv"]
    let attack = "zz AS SELECT 1; COPY (SELECT 42 AS a) TO '\(stolen)'; CREATE VIEW zy.parquet"
    try Folder.write(Array(text.replacing("cube.parquet", with: attack).utf8), to: manifest)
    expectProblem("release.damaged") { _ = try Release(small.observatory) }
    #expect(!Folder.fileExists(stolen))
  }

  @Test(arguments: ["cut", "gone", "empty"])
  func `a table of a release that is damaged is named`(_ how: String) throws {
    let small = try SmallObservatory(workforce: nil)
    _ = try small.build()
    let path = "\(small.observatory.currentLink)/employers.parquet"
    let bytes = try Folder.contents(of: path)
    if how == "gone" {
      try Folder.remove(path)
    } else {
      try Folder.write(Array(bytes.prefix(how == "cut" ? 100 : 0)), to: path)
    }
    let problem = expectProblem("release.damaged") { _ = try Release(small.observatory) }
    #expect(problem?.place.file == path)
  }

  @Test func `a receipt or a manifest that cannot be read is a finding`() throws {
    let small = try SmallObservatory()
    _ = try small.build()
    let receipt = try #require(SourceArchive(small.observatory).newest(.workforce)).folder + "/receipt.json"
    try Folder.write(Array("{".utf8), to: receipt)
    #expect(try failing(small) == ["receipts", "release_sources"])
    let problem = expectProblem("json.unreadable") { _ = try small.build() }
    #expect(problem?.place.file == receipt)
  }
}
