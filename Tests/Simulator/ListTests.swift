import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Tabular
import TestSupport
import Testing

@testable import Simulator

@Suite("Lists of approvals")
struct ListTests {
  private static let profiles = "\(Sample.share)/simulation"

  private static func profile(_ country: String) throws -> CountryProfile {
    let day = DayTable.day(2024, 1, 1)
    return try CountryProfile(country.lowercased(), in: profiles, constants: Constants(profiles), today: day)
  }

  private static func entries(_ country: String) throws -> [DeclaredTable.Entry] {
    let columns = ["list", "country", "form", "among", "employers", "others"]
    return try DeclaredTable("\(profiles)/lists.csv", columns: columns).entries.filter { $0["country"] == country }
  }

  private static func form(_ position: Int, of profile: CountryProfile) -> String {
    String(decoding: profile.forms[position].code.bytes, as: UTF8.self)
  }

  /// What each row asks, against thousands of units of each form: within five standard deviations.
  @Test(arguments: Country.allCases, [true, false])
  func `shares are those of the table`(country: Country, employs: Bool) throws {
    let profile = try Self.profile(country.rawValue)
    let table = try MembershipTable(Self.profiles, country: country, profile: profile)
    let entries = try Self.entries(country.rawValue)
    for position in 0..<profile.formChooser.count {
      let form = Self.form(position, of: profile)
      let rows = form.isEmpty ? [] : entries.filter { form.hasPrefix($0["form"]) }
      var found = [Int](repeating: 0, count: table.lists.count)
      var expected = [Double](repeating: 0, count: table.lists.count)
      var variance = expected
      for rank in 0..<(rows.isEmpty ? 100 : 20_000) {
        var draws = Draws(77, .unit, rank)
        let lists = table.lists(ofForm: position, key: draws.next(), employs: employs)
        for (list, name) in table.lists.enumerated() {
          var none = 1.0
          for row in rows where row["list"] == name {
            let among = table.lists.firstIndex(of: row["among"])
            if let among, !lists.contains(among) { continue }
            none *= 1 - (Double(row[employs ? "employers" : "others"]) ?? .nan)
          }
          if lists.contains(list) { found[list] += 1 }
          expected[list] += 1 - none
          variance[list] += none * (1 - none)
        }
      }
      for (list, name) in table.lists.enumerated() {
        let gap = (Double(found[list]) - expected[list]).magnitude
        #expect(gap <= 5 * variance[list].squareRoot(), "\(name) \(form): \(found[list]) for \(expected[list])")
      }
    }
  }

  /// A row more or less changes nothing for the others, nor does where it stands.
  @Test func `who is on a list does not depend on the other rows`() throws {
    let folder = try TemporaryFolder()
    let text = String(decoding: try Folder.contents(of: "\(Self.profiles)/lists.csv"), as: UTF8.self)
    let lines = text.split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("list,") })
    let rows = lines[(start + 1)...].filter { !$0.hasPrefix("cgscop,FR,5458") }
    // Lists in another order, and the rows of each backwards.
    let moved = ["ess-france", "scic", "esus", "cgscop"].flatMap { list in
      rows.filter { $0.hasPrefix("\(list),") }.reversed()
    }
    try folder.write("lists.csv", (lines[...start] + moved).joined(separator: "\n") + "\n")
    let profile = try Self.profile("FR")
    let table = try MembershipTable(Self.profiles, country: .fr, profile: profile)
    let other = try MembershipTable(folder.path, country: .fr, profile: profile)
    var members = 0
    var different = 0
    for position in 0..<profile.formChooser.count where Self.form(position, of: profile) != "5458" {
      for rank in 0..<1_000 {
        var draws = Draws(3, .unit, rank)
        let key = draws.next()
        let one = table.lists(ofForm: position, key: key, employs: true)
        let again = other.lists(ofForm: position, key: key, employs: true)
        let names = table.lists.indices.filter { one.contains($0) }.map { table.lists[$0] }
        if Set(names) != Set(other.lists.indices.filter { again.contains($0) }.map { other.lists[$0] }) {
          different += 1
        }
        members += names.count
      }
    }
    #expect(members > 1000)
    #expect(different == 0)
  }

  @Test(arguments: [
    "esus,FR,5710,scic,1,1", "scic,FR,5710,scic,1,1", "esus,FR,9220,,1,1\nscic,FR,5710,,1,1\nesus,FR,5710,scic,1,1",
  ])
  func `a list drawn among one that does not stand above is refused with its line`(rows: String) throws {
    let folder = try TemporaryFolder()
    let head = "# id: lists\n# source: test\n# confidence: D\nlist,country,form,among,employers,others\n"
    try folder.write("lists.csv", head + rows + "\n")
    let problem = #expect(throws: Problem.self) {
      try MembershipTable(folder.path, country: .fr, profile: Self.profile("FR"))
    }
    #expect(problem?.code == "simulate.no_list")
    #expect(problem?.place.line == 4 + rows.split(separator: "\n").count)
  }

  /// The list of what was found by hand belongs to the observatory; all others have a publisher.
  @Test func `every list that a perimeter looks at is simulated`() throws {
    let simulated = try ["FR", "BE"].flatMap { country in try Self.entries(country).map { $0["list"] } }
    let looked = try Checkout.perimeters.flatMap { $0.rules.filter { $0.subject == .list }.map(\.scheme) }
    #expect(Set(looked).subtracting(["hors-ess"]) == Set(simulated))
  }

  @Test func `members are active units of the register, under its names`() throws {
    try Sample.simulated(Sample.plan(scale: 0.3, years: 2023...2023)) { folder in
      let report = String(decoding: try Folder.contents(of: "\(folder)/simulation.json"), as: UTF8.self)
      let units = try Sample.rows("\(folder)/fr/StockUniteLegale_utf8.zip").rows
      let active = units.filter { $0["etatAdministratifUniteLegale"] == "A" }
      let names = Self.named(active, "siren", "denominationUniteLegale")
      let forms = Self.named(active, "siren", "categorieJuridiqueUniteLegale")
      let french = try Self.check("fr", "FR", column: "siren", report, folder, names: names, forms: forms)
      #expect(french > 40)

      let zip = "\(folder)/be/KboOpenData_Full.zip"
      let enterprises = try Sample.rows(zip, "enterprise.csv").rows.filter { $0["Status"] == "AC" }
      // The first name of an entity is the one that the list gives.
      let belgianNames = Self.named(
        try Sample.rows(zip, "denomination.csv").rows, "EntityNumber", "Denomination")
      let belgianForms = Self.named(enterprises, "EnterpriseNumber", "JuridicalForm")
      let belgian = try Self.check(
        "be", "BE", column: "bce", report, folder, names: belgianNames, forms: belgianForms)
      #expect(belgian > 10)
    }
  }

  private static func named(_ rows: [[String: String]], _ key: String, _ value: String) -> [String: String] {
    Dictionary(rows.map { ($0[key] ?? "", $0[value] ?? "") }, uniquingKeysWith: { first, _ in first })
  }

  /// How many members the lists of a country have.
  private static func check(
    _ part: String, _ country: String, column: String, _ report: String, _ folder: String,
    names: [String: String], forms: [String: String]
  ) throws -> Int {
    let entries = try entries(country)
    var members = 0
    for file in try Folder.names(in: "\(folder)/\(part)") {
      // That of the local actors has no numbers.
      guard case .list = SimulatedFile("\(part)/\(file)")?.content else { continue }
      let table = try Sample.rows("\(folder)/\(part)/\(file)")
      let list = file.dropFirst(5).dropLast(4)
      #expect(table.columns == [column, "denomination"] && table.faults == 0)
      #expect(!table.rows.isEmpty, "a list without a member is not written")
      #expect(Set(table.rows.map { $0[column] ?? "" }).count == table.rows.count)
      #expect(report.contains(#""file": "\#(part)/\#(file)", "rows": \#(table.rows.count), "sha256""#))
      for row in table.rows {
        let number = row[column] ?? ""
        let form = try #require(forms[number], "\(file): \(number) is not active")
        #expect(entries.contains { $0["list"] == list && form.hasPrefix($0["form"]) }, "\(file): \(form)")
        #expect(row["denomination"] == names[number])
      }
      members += table.rows.count
    }
    return members
  }
}
