import Diagnostics
import Directory
import DuckStore
import Filesystem
import TestSupport
import Testing

@testable import Warehouse

/// Who employs in Belgium, and what may be told of whom.
@Suite("From the KBO to a release")
struct BelgianBuildTests {
  static let (asbl, school, town, person, coop) = (
    SmallKBO.number(4_000_000), SmallKBO.number(4_000_001), SmallKBO.number(4_000_002), SmallKBO.number(4_000_003),
    SmallKBO.number(4_000_004)
  )
  /// It employs nobody and has no establishment, as most associations: only its seat tells where it is.
  static let small = SmallKBO.number(4_000_005)
  static func place(_ number: Int) -> String { SmallKBO.number(20_000_000 + number) }

  static let register: SmallKBO = {
    var kbo = SmallKBO()
    kbo.enterprises = [
      .init(asbl, name: "ASBL À DEUX SIÈGES"), .init(school, name: "ÉCOLE LIBRE"), .init(town, form: "411"),
      .init(person, isPerson: true, name: "PERSONNE SECRÈTE"), .init(coop, form: "706", name: "COOPÉRATIVE"),
      .init(small, name: "AMIS DU VIEUX PONT"),
    ]
    kbo.establishments = [
      (place(1), asbl), (place(2), asbl), (place(3), school), (place(4), town), (place(5), person), (place(6), coop),
      (place(7), coop),
    ]
    kbo.activities = [
      // Known as an employer at its seat only: one of its two places employs.
      (asbl, "006", "2008", "88999"),
      (place(3), "007", "2008", "85310"), (place(4), "005", "2008", "84114"), (person, "006", "2008", "47110"),
      // Said of the place itself: the other one does not employ.
      (coop, "006", "2008", "10110"), (place(7), "006", "2008", "10110"),
      // No number: an oddity of the file, set aside with its reason.
      (place(6), "9223372036854775806", "2008", "-9999"),
    ]
    return kbo
  }()

  private func observatory(_ lists: [String: String] = [:], names: (String) -> String = { $0 }) throws -> (
    folder: TemporaryFolder, observatory: Observatory
  ) {
    let folder = try TemporaryFolder()
    for table in Self.register.tables { try folder.write("kbo/\(names(table.name))", table.text) }
    let observatory = try Observatory(folder["o"], create: true)
    var kbo = Importer.Request(.kbo, path: folder["kbo"])
    kbo.tolerates = 0.2  // for the oddity among its few rows
    #expect(try observatory.importer.run(kbo).files.map(\.rejected).reduce(0, +) == 1)
    for (list, number) in lists {
      var request = Importer.Request(.list, path: try folder.write("\(list).csv", "bce\n\(number)\n"))
      request.listName = list
      _ = try observatory.importer.run(request)
    }
    _ = try BuiltObservatory.build(observatory)
    return (folder, observatory)
  }

  private func plain(_ number: String) -> Int { Int(number.filter(\.isNumber)) ?? 0 }

  @Test(arguments: ["as published", "in capitals"])
  func `every group of employers counts, and no employer is lost`(how: String) throws {
    let (folder, observatory) = try observatory(names: { how == "in capitals" ? $0.uppercased() : $0 })
    let employers = try Release(observatory).store.rows("SELECT id FROM establishments WHERE employer ORDER BY id").map
    {
      $0[0].integer ?? 0
    }
    #expect(employers == [1, 3, 4, 5, 7].map { plain(Self.place($0)) })
    let check = try Check(observatory, ReleaseFolder(observatory), Checkout.perimeters)
    #expect(check.passed)
    #expect(check.files.map(\.read).reduce(0, +) > 20)
    withExtendedLifetime(folder) {}
  }

  @Test func `who has no establishment is where its seat is`() throws {
    let (folder, observatory) = try observatory()
    var request = Importer.Request(
      .list, path: try folder.write("a.csv", "nom,code postal,ville\nAmis du vieux pont,5000,Namur\n"))
    request.listName = "acteurs"
    _ = try observatory.importer.run(request)
    _ = try BuiltObservatory.build(observatory)
    let (directory, _) = try ReleaseFolder.directory(observatory)
    var question = DirectoryQuestion("vieux pont")
    question.territory = "BE-COM-92094"
    let found = try directory.answer(question).organisations.map { try directory.organisation($0) }
    #expect(found.map(\.id) == [Self.small] && found.map(\.establishments) == [0])
    let release = try Release(observatory)
    // Found by its name and place, like those that have establishments.
    #expect(
      try release.store.rows("SELECT status, unit FROM matches") == [[.text("sure"), .integer(plain(Self.small))]])
    let states = try release.store.rows("SELECT DISTINCT territory FROM states WHERE form IS NOT NULL")
    #expect(states == [[.text("BE-COM-92094")]])
    withExtendedLifetime(folder) {}
  }

  @Test func `a natural person on a list is judged and not named`() throws {
    let (folder, observatory) = try observatory(["cnc": Self.person, "sces": Self.coop])
    let release = try Release(observatory)
    let units = try release.store.rows("SELECT name, restricted FROM units WHERE lists <> '' ORDER BY id")
    #expect(units == [[.text(""), .boolean(true)], [.text("COOPÉRATIVE"), .boolean(false)]])
    let explained = try Explainer(observatory, release, Checkout.perimeters, Checkout.nomenclatures).explain(
      Self.person)
    #expect(explained.isRestricted)
    #expect(explained.name.isEmpty)
    withExtendedLifetime(folder) {}
  }
}
