import Filesystem
import Nomenclature
import Perimeter
import TestSupport
import Territory

@testable import Simulator

/// A simulation of a few communes, written once, and what an independent reading of its registers finds.
enum Published {
  static let years = 2021...2023
  static let last = "2023"

  private static let result = Result { () throws -> TemporaryFolder in
    let folder = try TemporaryFolder()
    try Simulation(Sample.plan(scale: 0.06, years: years), communes: Sample.communes, share: Sample.share)
      .write(to: folder.path) { _, _ in }
    return folder
  }

  static var folder: String { get throws { try result.get().path } }

  /// A table of a publisher; every row must be one, and say that it is simulated.
  static func table(_ name: String) throws -> [[String: String]] { try table(name, in: folder) }

  static func table(_ name: String, in folder: String) throws -> [[String: String]] {
    let table = try Sample.rows("\(folder)/\(name)", separator: UInt8(ascii: ";"))
    guard table.faults == 0, table.rows.allSatisfy({ $0["origin"] == "simulated" }) else { return [] }
    return table.rows
  }

  /// An establishment with jobs at the end of the last year, as the registers tell of it.
  struct Employer {
    let commune: String
    let activity: String
    let form: String
    let number: String
    let unit: String
    let unitActivity: String
    let lists: Set<String>
    let jobs: Int
    let tenths: Int
    let pay: Int

    var division: String { String(activity.prefix(2)) }
  }

  /// What a cell of a table should hold, from the registers.
  struct Sum {
    private(set) var count = 0
    private(set) var jobs = 0
    private(set) var tenths = 0
    private(set) var pay = 0
    private var largest = 0

    mutating func add(_ one: Employer) {
      count += 1
      jobs += one.jobs
      tenths += one.tenths
      pay += one.pay
      largest = max(largest, one.jobs)
    }

    var isSecret: Bool { count < 3 || Double(largest) > 0.85 * Double(jobs) }
  }

  /// The names of the families, by the code that perimeters give them.
  static let familyNames = [
    "association": "Associations", "cooperative": "Coopératives", "mutual": "Mutuelles", "foundation": "Fondations",
    "other_npi": "Autres organismes",
  ]

  static func family(_ one: Employer, _ country: Country, _ perimeter: String) throws -> String? {
    let scheme = country == .fr ? ActivityScheme.nafRev2 : .nacebel2008
    let facts = UnitFacts(
      country: country, form: one.form, activity: Activity(scheme, one.unitActivity), lists: one.lists)
    let found = try Checkout.perimeters.first { $0.id == perimeter }
    return found?.decide(facts).family
  }

  private static let frenchResult = Result { () throws -> [Employer] in
    try frenchEmployers(
      in: Published.folder, last, units: Published.units, establishments: Published.establishments)
  }

  /// The establishments with jobs at the end of the last year of the simulation in a folder.
  static func frenchEmployers(
    in folder: String, _ last: String, units: [[String: String]], establishments: [[String: String]]
  ) throws -> [Employer] {
    let units = by("siren", units)
    let establishments = by("siret", establishments)
    return try Sample.rows("\(folder)/fr/workforce_\(last).csv").rows.compactMap { row in
      let siret = row["establishment"] ?? ""
      guard let one = establishments[siret], let unit = units[String(siret.prefix(9))] else { return nil }
      let commune = one["codeCommuneEtablissement"] ?? ""
      return Employer(
        commune: commune.hasPrefix("132") ? "13055" : commune, activity: one["activitePrincipaleEtablissement"] ?? "",
        form: unit["categorieJuridiqueUniteLegale"] ?? "", number: siret, unit: String(siret.prefix(9)),
        unitActivity: unit["activitePrincipaleUniteLegale"] ?? "", lists: [], jobs: number(row["jobs"]),
        tenths: tenths(row["fte"]), pay: number(row["gross_pay"]))
    }
  }

  private static let belgianResult = Result { () throws -> [Employer] in
    let folder = try Published.folder
    let zip = "\(folder)/be/KboOpenData_Full.zip"
    let communes = Dictionary(
      Sample.communes.flatMap { commune in commune.postcodes.map { ($0, commune.official) } },
      uniquingKeysWith: { first, _ in first })
    let addresses = by("EntityNumber", try Sample.rows(zip, "address.csv").rows)
    let main = try Sample.rows(zip, "activity.csv").rows.filter {
      $0["NaceVersion"] == "2008" && $0["Classification"] == "MAIN" && $0["ActivityGroup"] != "006"
    }
    let activities = by("EntityNumber", main)
    let owners = by("EstablishmentNumber", try Sample.rows(zip, "establishment.csv").rows)
    let enterprises = by("EnterpriseNumber", try Sample.rows(zip, "enterprise.csv").rows)
    var lists: [String: Set<String>] = [:]
    for list in ["cnc", "sces"] where Folder.fileExists("\(folder)/be/list_\(list).csv") {
      for row in try Sample.rows("\(folder)/be/list_\(list).csv").rows {
        lists[row["bce"] ?? "", default: []].insert(list)
      }
    }
    return try Sample.rows("\(folder)/be/workforce_\(last).csv").rows.map { row in
      let number = row["establishment"] ?? ""
      let owner = owners[number]?["EnterpriseNumber"] ?? ""
      return Employer(
        commune: communes[addresses[number]?["Zipcode"] ?? ""] ?? "",
        activity: activities[number]?["NaceCode"] ?? "", form: enterprises[owner]?["JuridicalForm"] ?? "",
        number: number, unit: owner, unitActivity: activities[owner]?["NaceCode"] ?? "", lists: lists[owner] ?? [],
        jobs: Published.number(row["jobs"]), tenths: tenths(row["fte"]), pay: Published.number(row["gross_pay"]))
    }
  }

  private static let unitResult = Result {
    try Sample.rows("\(folder)/fr/StockUniteLegale_utf8.zip").rows
  }
  private static let establishmentResult = Result {
    try Sample.rows("\(folder)/fr/StockEtablissement_utf8.zip").rows
  }

  /// SIRENE, read once.
  static var units: [[String: String]] { get throws { try unitResult.get() } }
  static var establishments: [[String: String]] { get throws { try establishmentResult.get() } }

  static var french: [Employer] { get throws { try frenchResult.get() } }
  static var belgian: [Employer] { get throws { try belgianResult.get() } }

  static func by(_ column: String, _ rows: [[String: String]]) -> [String: [String: String]] {
    Dictionary(rows.map { ($0[column] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  }

  static func number(_ text: String?) -> Int { Int(text ?? "") ?? -1 }

  /// `12.3` as 123.
  static func tenths(_ text: String?) -> Int {
    let parts = (text ?? "").split(separator: ".")
    return parts.count == 2 && parts[1].count == 1 ? number(String(parts[0])) * 10 + number(String(parts[1])) : -1
  }
}
