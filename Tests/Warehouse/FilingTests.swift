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

  @Test(arguments: ["cut", "gone", "empty"], ["employers.parquet", "facts.index", "published.index"])
  func `a file of a release that is damaged is named`(_ how: String, _ file: String) throws {
    let small = try SmallObservatory(workforce: nil)
    _ = try small.build()
    let path = "\(small.observatory.currentLink)/\(file)"
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

  /// One département of a register, filed as newer than all of it, is what counts from then on.
  @Test func `a part of a register under a newer vintage is told`() throws {
    let small = try SmallObservatory(workforce: nil)
    #expect(
      try small.importing(.sireneUnits, "older.csv", other, vintage: "2020-01").files.first?.remarks["much_smaller"]
        == nil)
    #expect(
      try small.importing(.sireneUnits, "newer.csv", other, vintage: "2025-01").files.first?.remarks["much_smaller"]
        == 3)
    let rows = (1...5).map { SmallRNA.Row("W59500000\($0)", "ASSOCIATION \($0)") }
    try small.importing(.rna, "whole.csv", SmallRNA.waldec(rows))
    // The other layout is another register.
    let old = [SmallRNA.Row("595S00001234", "AVANT")]
    let imported = try small.importing(.rna, "old.csv", SmallRNA.imported(old), vintage: "2026-10")
    #expect(imported.files.first?.remarks["much_smaller"] == nil)
    let part = try small.importing(.rna, "part.csv", SmallRNA.waldec(Array(rows.prefix(2))), vintage: "2026-10")
    #expect(part.files.first?.remarks["much_smaller"] == 2)
    let half = try small.importing(.rna, "half.csv", SmallRNA.waldec(Array(rows.prefix(1))), vintage: "2026-11")
    #expect(half.files.first?.remarks["much_smaller"] == nil)
  }

  @Test func `a vintage of the future is refused`() throws {
    let small = try SmallObservatory(workforce: nil)
    let said = expectProblem("import.future_vintage") {
      _ = try small.importing(.sireneUnits, "other.csv", other, vintage: "2099")
    }
    #expect(said?.status == .commandLine && said?.facts["vintage"] == "2099")
    let written = other.replacing("2024-01-15T", with: "2099-01-15T")
    let found = expectProblem("import.future_vintage") {
      _ = try small.importing(.sireneUnits, "future.csv", written)
    }
    #expect(found?.status == .data && found?.place.file?.hasSuffix("future.csv") == true)
    // Who knows better may say so; what comes next year is no mistake.
    #expect(try small.importing(.sireneUnits, "future.csv", written, vintage: "2027-01").vintage == "2027-01")
  }

  private static let urssaf =
    "annee;code_region;region;champ_ess;famille_ess;secteur_na88;nombre_d_etablissements;effectifs_salaries_moyens;masse_salariale\n"
    + "2020;32;x;OUI;Associations;88;1;2;3\n2021;32;x;OUI;Associations;88;1;2;3\n"

  @Test(arguments: [Source.workforce, .urssaf])
  func `one file has one vintage`(source: Source) throws {
    let small = try SmallObservatory(workforce: nil)
    let text = source == .workforce ? SmallObservatory.workforce : Self.urssaf
    let first = try small.importing(source, "a.csv", text)
    #expect(try small.importing(source, "a.csv", text) == first)
    for replacing in [false, true] {
      let problem = expectProblem("import.same_file") {
        _ = try small.importing(source, "b.csv", text, replacing: replacing, vintage: "2025")
      }
      #expect(problem?.facts["vintage"] == first.vintage)
    }
    #expect(try Folder.names(in: "\(small.observatory.sources)/\(source.rawValue)") == [first.vintage])
  }

  @Test func `two years of one file are two vintages`() throws {
    let small = try SmallObservatory(workforce: nil)
    var request = Importer.Request(.urssaf, path: try small.folder.write("u.csv", Self.urssaf))
    for year in [2020, 2021] {
      request.year = year
      #expect(try small.observatory.importer.run(request).year == year)
    }
    request.year = nil
    expectProblem("import.same_file") { _ = try small.observatory.importer.run(request) }
  }

  @Test func `headcounts that are there twice are named with their folder`() throws {
    let small = try SmallObservatory()
    let header = "establishment,year,jobs\n"
    try small.importing(
      .workforce, "twice.csv", header + "\(SmallObservatory.a1),2020,5\n\(SmallObservatory.p1),2020,1\n",
      vintage: "2025")
    try small.importing(.workforce, "other.csv", header + "\(SmallObservatory.a1),2019,5\n")
    let problem = expectProblem("build.workforce_twice") { _ = try small.build() }
    #expect(problem?.place.file == "\(small.observatory.sources)/workforce")
    #expect(problem?.facts["establishment"] == SmallObservatory.a1)
    #expect(problem?.facts["year"] == "2020" && problem?.facts["count"] == "1")
    #expect(Set(problem?.facts["files"]?.split(separator: ", ").map(String.init) ?? []) == ["2025", "fr-2020"])
  }
}
