import Diagnostics
import DuckStore
import Filesystem
import Indicators
import Nomenclature
import Perimeter
import Secrecy
import Tabular
import TestSupport
import Testing

@testable import Warehouse

/// An observatory on simulated registers, imported and built once for the tests that only read.
enum BuiltObservatory {
  private static let result = Result { () throws -> (TemporaryFolder, Observatory, Manifest) in
    let folder = try TemporaryFolder()
    let observatory = try importAll(into: folder["observatory"])
    return (folder, observatory, try build(observatory))
  }

  static var observatory: Observatory { get throws { try result.get().1 } }
  static var manifest: Manifest { get throws { try result.get().2 } }

  static func importAll(into path: String) throws -> Observatory {
    let observatory = try Observatory(path, create: true)
    for file in try SimulatedRegisters.files {
      var request = Importer.Request(try Source.named(file.source), path: file.path)
      request.listName = file.list
      _ = try observatory.importer.run(request)
    }
    return observatory
  }

  static var books: RuleBooks {
    get throws { RuleBooks(try Checkout.nomenclatures, try Checkout.perimeters, try Checkout.territories) }
  }

  static func build(_ observatory: Observatory, _ request: Builder.Request = .init()) throws -> Manifest {
    try make(observatory, request).manifest
  }

  static func make(_ observatory: Observatory, _ request: Builder.Request = .init()) throws -> Builder.Built {
    let engine = try Library.open(Checkout.installation, environment: [:])
    return try Builder(observatory, books, share: Checkout.installation.share, engine: engine).make(request)
  }
}

@Suite("From files to a release")
struct BuildTests {
  @Test func `every file reconciles and every check passes`() throws {
    let observatory = try BuiltObservatory.observatory
    let check = try Check(observatory, ReleaseFolder(observatory), Checkout.perimeters)
    #expect(check.passed)
    let tests = check.quality.map { $0.name }
    #expect(
      tests == [
        "receipts", "reconciliation", "fingerprints", "release_sources", "manifest", "release_files", "cells",
        "perimeter_agreement", "matches",
      ])
    let read = check.files.map(\.read).reduce(0, +)
    #expect(read > 50_000)
    let balanced = check.files.allSatisfy { $0.isBalanced }
    #expect(balanced)
    #expect(check.simulated)
  }

  @Test func `the same inputs give the same bytes`() throws {
    let first = try BuiltObservatory.manifest
    let folder = try TemporaryFolder()
    let second = try BuiltObservatory.build(BuiltObservatory.importAll(into: folder["again"]))
    #expect(first == second)
    #expect(first.name == second.name)
  }

  /// The preview streams in Swift; the build goes through DuckDB: two ways, one count.
  @Test func `the preview and the build count the same`() throws {
    let observatory = try BuiltObservatory.observatory
    let files = try SimulatedRegisters.files
    let perimeter = try #require(try Checkout.perimeters.first { $0.id == "fr-flores-2018" })
    let tally = try Tally(
      units: .open(files[0].path), establishments: .open(files[1].path), perimeter: perimeter,
      book: Checkout.nomenclatures, installation: Checkout.installation)
    var streamed: [String: Int] = [:]
    tally.forEachCell { key, cell in streamed[key.family, default: 0] += cell.establishments }
    let release = try Release(observatory)
    var stored: [String: Int] = [:]
    let rows = try release.store.rows(
      """
      SELECT coalesce(d.family, e.sector, 'F0'), count(*)::BIGINT FROM establishments e
      LEFT JOIN decisions d ON d.perimeter = 'fr-flores-2018' AND d.profile = e.unit_profile
      WHERE e.country = 'FR' AND e.employer GROUP BY ALL
      """)
    for row in rows { stored[row[0].text] = row[1].integer }
    #expect(streamed == stored)
    #expect(streamed.count >= 6)
  }

  @Test func `families add up to the ESS, and the fields to the whole economy`() throws {
    let observatory = try BuiltObservatory.observatory
    let release = try Release(observatory)
    for code in ["FR-DEP-59", "BE-PRO-50000", "FR-COM-59350"] {
      let fields = try FilledTable("T01", release, "common-statutory", code, year: 2024)
      let families = try FilledTable("T02", release, "common-statutory", code, year: 2024)
      for measure in ["establishments", "jobs", "fte", "gross_pay"] {
        func sum(_ table: FilledTable) -> Double {
          table.rows.dropLast().compactMap { $0.cells[measure]?.value }.reduce(0, +)
        }
        let whole = fields["total"]?.cells[measure]?.value ?? 0
        let ess = families["ess"]?.cells[measure]?.value ?? 0
        #expect(abs(sum(fields) - whole) < 1e-6, "\(code) \(measure)")
        #expect(abs(sum(families) - ess) < 1e-6, "\(code) \(measure)")
        #expect(fields["ess"]?.cells[measure]?.value == ess, "\(code) \(measure)")
      }
      #expect(fields.rows.last?.code == "total" && families.rows.last?.code == "ess")
      #expect((fields["total"]?.cells["establishments"]?.value ?? 0) > 0, "\(code)")
      // A table of one country does not rest on the lists of the other.
      let lists = fields.table.origin.sources.filter { $0.name == "list" }.map(\.vintage)
      #expect(!lists.isEmpty && !lists.contains(code.hasPrefix("FR") ? "cnc" : "esus"), "\(code): \(lists)")
    }
  }

  @Test func `exact and estimated headcounts never stand in one cell`() throws {
    let release = try Release(BuiltObservatory.observatory)
    let mixed = try release.store.rows(
      "SELECT count(*)::BIGINT FROM cube WHERE basis = 'exact' AND measure = 'jobs' AND low <> high")
    #expect(mixed == [[.integer(0)]])
    let bases = try release.store.rows("SELECT DISTINCT basis FROM cube ORDER BY 1").map(\.[0].text)
    #expect(bases == ["estimated", "exact"])
  }

  @Test func `lists import whole, and their members are of the social economy`() throws {
    let observatory = try BuiltObservatory.observatory
    let release = try Release(observatory)
    let lists = try SimulatedRegisters.files.filter { $0.source == "list" }
    #expect(Set(lists.compactMap(\.list)).isSuperset(of: ["scic", "cgscop", "cnc", "sces"]))
    let accounts = try Check(observatory, ReleaseFolder(observatory), Checkout.perimeters).files.filter {
      $0.source == "list"
    }
    #expect(accounts.count == lists.count)
    for account in accounts {
      #expect(account.rejected == 0 && account.outOfScope == 0 && account.kept > 0, "\(account.file)")
    }
    let families = try release.store.rows(
      """
      SELECT d.family, count(DISTINCT e.unit)::BIGINT FROM establishments e
      JOIN decisions d ON d.perimeter = 'be-observatoire' AND d.profile = e.unit_profile
      WHERE e.country = 'BE' AND e.employer AND d.family = 'cooperative' GROUP BY ALL
      """)
    #expect((families.first?[1].integer ?? 0) > 0, "cooperatives are in by their approval only")
  }

  @Test func `what may not be shown is nowhere in the release`() throws {
    let release = try Release(BuiltObservatory.observatory)
    for table in ["units", "establishments"] {
      let shown = try release.store.rows(
        "SELECT count(*)::BIGINT FROM \(table) WHERE name LIKE '%[ND]%' OR (restricted AND name <> '')")
      #expect(shown == [[.integer(0)]], "\(table)")
    }
    let restricted = try release.store.rows("SELECT count(*)::BIGINT FROM establishments WHERE restricted")
    #expect((restricted[0][0].integer ?? 0) > 0, "the simulation has restricted units")
  }
}

@Suite("Builds that stop leave everything as it was")
struct InterruptedBuildTests {
  private func copy() throws -> (TemporaryFolder, Observatory) {
    let folder = try TemporaryFolder()
    return (folder, try BuiltObservatory.importAll(into: folder["observatory"]))
  }

  @Test func `a build that fails in the middle keeps the current release`() throws {
    let (folder, observatory) = try copy()
    let before = try BuiltObservatory.build(observatory)
    // A file of the sources is cut after its import: the next build meets it half-way.
    let zip =
      "\(observatory.sources)/sirene-establishments/\(before.sources.first { $0.source == "sirene-establishments" }?.vintage ?? "")/files/StockEtablissement_utf8.zip"
    let bytes = try Folder.contents(of: zip)
    try Folder.write(Array(bytes.prefix(bytes.count / 2)), to: zip)
    #expect(throws: Problem.self) { try BuiltObservatory.build(observatory) }
    #expect(try Release(observatory).manifest == before)
    #expect(try Folder.names(in: observatory.warehouse) == ["releases", "stage"])
    #expect(try Folder.names(in: observatory.releases) == [before.name])
    withExtendedLifetime(folder) {}
  }

  @Test func `a second build at the same time is refused`() throws {
    let (folder, observatory) = try copy()
    let lock = try observatory.lock()
    let problem = #expect(throws: Problem.self) { try BuiltObservatory.build(observatory) }
    #expect(problem?.code == "folder.locked")
    #expect(problem?.status == .machine)
    withExtendedLifetime((folder, lock)) {}
  }

  @Test func `half of SIRENE is not built`() throws {
    let folder = try TemporaryFolder()
    let observatory = try Observatory(folder["o"], create: true)
    _ = try observatory.importer.run(.init(.sireneUnits, path: SimulatedRegisters.files[0].path))
    let problem = #expect(throws: Problem.self) { try BuiltObservatory.build(observatory) }
    #expect(problem?.code == "build.half_sirene")
    #expect(problem?.facts["missing"] == "sirene-establishments")
  }
}
