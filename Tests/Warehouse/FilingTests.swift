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
        "other.csv", "receipt.json", "rejected.csv",
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
}
