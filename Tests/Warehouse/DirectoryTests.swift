import Diagnostics
import Directory
import DuckStore
import Filesystem
import NameIndex
import Nomenclature
import Perimeter
import Registers
import Territory
import TestSupport
import Testing

@testable import Warehouse

/// The directory of a release against its tables.
@Suite("Directory of a release")
struct ReleaseDirectoryTests {
  struct Unit {
    let country: Country
    let id: UInt64
    let name: String
    let isRestricted: Bool
    let facts: UnitFacts
  }

  static func units(_ release: Release) throws -> [Unit] {
    try release.store.rows(
      "SELECT country, id, name, restricted, form, activity_scheme, activity, lists FROM units"
    ).map { row in
      let country = try #require(Country(rawValue: row[0].text))
      return Unit(
        country: country, id: UInt64(row[1].integer ?? 0), name: row[2].text, isRestricted: row[3] == .boolean(true),
        facts: UnitFacts(
          country: country, form: row[4].text,
          activity: ActivityScheme(rawValue: row[5].text).map { Activity($0, row[6].text) },
          lists: Set(row[7].text.split(separator: "|").map(String.init))))
    }
  }

  static func number(_ unit: Unit) -> OrganisationNumber {
    unit.country == .fr ? .siren(unit.id) : .enterprise(unit.id)
  }

  @Test func `it holds the units that some perimeter has, as the perimeters judge them one by one`() throws {
    let observatory = try BuiltObservatory.observatory
    let (directory, name) = try ReleaseFolder.directory(observatory)
    #expect(name == (try BuiltObservatory.manifest.name) && directory.isSimulated)
    let inForce = try #require(directory.perimeter?.code)
    let perimeters = try Checkout.perimeters
    #expect(perimeters.allSatisfy { $0.level == .unit }, "one judged by establishments needs their activities here")
    var count = 0
    for unit in try Self.units(Release(observatory)) {
      let decisions = perimeters.map { ($0.id, $0.decide(unit.facts)) }.filter { $0.1.isIn }
      let position = try directory.position(of: Self.number(unit))
      #expect((position != nil) == !decisions.isEmpty, "\(unit.id)")
      guard let position else { continue }
      count += 1
      let found = try directory.organisation(position)
      #expect(Set(found.perimeters.map(\.code)) == Set(decisions.map(\.0)))
      let family = decisions.first { $0.0 == inForce }?.1
      #expect(found.family?.code == family?.family && found.subfamily?.code == family?.subfamily)
      #expect(found.name == unit.name && found.isRestricted == unit.isRestricted)
    }
    #expect(count == directory.count && count > 500)
    let entry = try #require(try BuiltObservatory.manifest.files.first { $0.file == OrganisationDirectory.fileName })
    #expect(entry.rows == count)
  }

  @Test func `everybody with a name is found by it, and with a typing mistake in a word of five letters`() throws {
    let observatory = try BuiltObservatory.observatory
    let (directory, _) = try ReleaseFolder.directory(observatory)
    var random = SplitMix64(seed: 31)
    var (named, mistakes) = (0, 0)
    for position in 0..<directory.count where random.chance(15) {
      let found = try directory.organisation(position)
      guard !found.name.isEmpty else { continue }
      named += 1
      #expect(try directory.answer(DirectoryQuestion(found.name)).organisations.contains(position), "\(found.name)")
      let long = Folding(found.name).texts.filter { $0.utf8.count >= 5 && $0.allSatisfy { $0.isASCII && $0.isLetter } }
      guard let word = long.randomElement(using: &random) else { continue }
      let typed = mistyped(word, &random)
      #expect(
        try directory.answer(DirectoryQuestion(typed)).organisations.contains(position), "\(typed): \(found.name)")
      mistakes += 1
    }
    #expect(named > 50 && mistakes > 50)
  }

  @Test(arguments: ["FR-DEP-59", "FR-COM-59350", "BE-COM-92094", "BE-PRO-50000", "BE", "FR"])
  func `a territory has those that show an active establishment there, or their seat and none`(code: String) throws {
    let observatory = try BuiltObservatory.observatory
    let (directory, _) = try ReleaseFolder.directory(observatory)
    var question = DirectoryQuestion()
    question.territory = code
    let listed = Set(try directory.answer(question).organisations.map { try directory.organisation($0).number })
    let communes = Set(try Checkout.territories.communes(of: code).map(\.code))
    var expected: Set<UInt64> = []
    let rows = try Release(observatory).store.rows(
      """
      SELECT e.country, e.unit, e.territory, u.active FROM establishments e
      JOIN units u ON u.country = e.country AND u.id = e.unit
      WHERE (e.active OR NOT u.active) AND NOT e.restricted
      UNION ALL
      SELECT s.country, s.id, s.territory, true FROM states s
        ANTI JOIN establishments e ON e.country = s.country AND e.unit = s.id
      WHERE s.country = 'BE' AND s.territory IS NOT NULL
        AND s.vintage = (SELECT max(vintage) FROM states WHERE country = 'BE')
      """)
    for row in rows where communes.contains(row[2].text) {
      let unit = UInt64(row[1].integer ?? 0)
      let position = try directory.position(of: row[0].text == "FR" ? .siren(unit) : .enterprise(unit))
      if let position, try !directory.organisation(position).isRestricted { expected.insert(unit) }
    }
    #expect(listed == expected && !expected.isEmpty)
  }

  @Test func `names of restricted diffusion are in no byte of the directory`() throws {
    let units: [SmallSirene.Unit] = [
      .init(SmallObservatory.a, name: "ALPHA"), .init(SmallObservatory.c, name: "QUARTZBLEU ZEPHYRINE", diffusion: "P"),
    ]
    let small = try SmallObservatory(units: units, workforce: nil)
    _ = try small.build()
    let (directory, _) = try ReleaseFolder.directory(small.observatory)
    let bytes = try Folder.contents(of: "\(small.observatory.currentLink)/\(OrganisationDirectory.fileName)")
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    #expect(!text.contains("quartzbleu") && !text.contains("zephyrine"))
    #expect(text.contains("alpha"))
    let answer = try directory.answer(DirectoryQuestion())
    #expect(answer.total == 2 && answer.restricted == 1)
    let number = try #require(UInt64(SmallObservatory.c))
    let hidden = try directory.organisation(#require(try directory.position(of: .siren(number))))
    #expect(hidden.isRestricted && hidden.name.isEmpty && hidden.commune == nil)
    // Of a place, only the other is told.
    var question = DirectoryQuestion()
    question.territory = "FR-COM-59350"
    let there = try directory.answer(question)
    #expect(there.total == 1 && there.restricted == 0)
  }

  @Test func `a release of before, one that lost its directory, one whose directory is cut`() throws {
    let small = try SmallObservatory(workforce: nil)
    _ = try small.build()
    let folder = small.observatory.currentLink
    let file = "\(folder)/\(OrganisationDirectory.fileName)"
    let bytes = try Folder.contents(of: file)
    try Folder.write(Array(bytes.dropLast()), to: file)
    expectProblem("packed.damaged") { _ = try ReleaseFolder.directory(small.observatory) }
    try Folder.remove(file)
    expectProblem("release.damaged") { _ = try ReleaseFolder.directory(small.observatory) }
    var manifest = try JSON.decode(Manifest.self, file: "\(folder)/manifest.json")
    manifest.files.removeAll { $0.file == OrganisationDirectory.fileName }
    try Folder.write(JSON.encode(manifest), to: "\(folder)/manifest.json")
    let problem = expectProblem("find.no_directory") { _ = try ReleaseFolder.directory(small.observatory) }
    #expect(problem?.facts["release"] == manifest.name)
    expectProblem("release.unknown") { _ = try ReleaseFolder.directory(small.observatory, named: "none") }
  }

  @Test func `the beginning of a name is a name where it is of one release`() throws {
    let small = try SmallObservatory(workforce: nil)
    let name = try small.build().name
    #expect(try ReleaseFolder.directory(small.observatory, named: String(name.prefix(6))).release == name)
    try Folder.make("\(small.observatory.releases)/\(name)2")
    let problem = expectProblem("release.unknown") {
      _ = try ReleaseFolder(small.observatory, named: String(name.prefix(6)))
    }
    #expect(problem?.facts["known"] == "\(name), \(name)2")
    // A whole name is that release, whatever others begin with it.
    #expect(try ReleaseFolder(small.observatory, named: name).manifest.name == name)
    expectProblem("release.unknown") { _ = try ReleaseFolder(small.observatory, named: "") }
  }
}
