import Nomenclature
import TestSupport
import Testing

@testable import Simulator

@Suite("Tables of the publishers of Belgium")
struct BelgianTableTests {
  private struct Sum: Equatable {
    var count = 0
    var jobs = 0
    var tenths = 0
  }

  private static func row(_ row: [String: String], _ counted: String) -> Sum {
    Sum(
      count: Published.number(row[counted]), jobs: Published.number(row["postes"]),
      tenths: Published.tenths(row["etp"]))
  }

  private static func cell(_ row: [String: String], _ place: String) -> String {
    [place, "champ", "nacebel"].map { row[$0] ?? "" }.joined(separator: " ")
  }

  /// What a table tells for the last day of the last year.
  private static func told(_ name: String, place: String, counted: String) throws -> [String: Sum] {
    let rows = try Published.table(name).filter { $0["annee"] == Published.last && $0["trimestre"] == "4" }
    return Dictionary(
      rows.map { (cell($0, place), row($0, counted)) }, uniquingKeysWith: { _, _ in Sum(count: -1) })
  }

  private static func add(_ one: (jobs: Int, tenths: Int), _ keys: [[String]], _ sums: inout [String: Sum]) {
    for place in keys[0] {
      for field in keys[1] {
        for division in keys[2] {
          sums["\(place) \(field) \(division)", default: Sum()].count += 1
          sums["\(place) \(field) \(division)", default: Sum()].jobs += one.jobs
          sums["\(place) \(field) \(division)", default: Sum()].tenths += one.tenths
        }
      }
    }
  }

  @Test func `at the workplace, the fourth quarter is what the workforce files tell`() throws {
    var sums: [String: Sum] = [:]
    var social = 0
    for one in try Published.belgian {
      let isSocial = try Published.family(one, .be, "be-observatoire") != nil
      social += isSocial ? 1 : 0
      Self.add(
        (one.jobs, one.tenths),
        [["01000", one.commune], isSocial ? ["total", "ES"] : ["total"], ["total", one.division]], &sums)
    }
    #expect(social > 20)
    #expect(try Self.told("be/onss_workplace.csv", place: "ins", counted: "unites_locales") == sums)
  }

  @Test func `at the seat, every employer counts once with all its jobs`() throws {
    var employers: [String: (one: Published.Employer, jobs: Int, tenths: Int)] = [:]
    for one in try Published.belgian {
      let known = employers[one.unit]
      employers[one.unit] = (one, (known?.jobs ?? 0) + one.jobs, (known?.tenths ?? 0) + one.tenths)
    }
    let told = try Self.told("be/onss_head_office.csv", place: "ins_siege", counted: "employeurs")
    var sums: [String: Sum] = [:]
    for (one, jobs, tenths) in employers.values {
      let isSocial = try Published.family(one, .be, "be-observatoire") != nil
      Self.add(
        (jobs, tenths),
        [["01000"], isSocial ? ["total", "ES"] : ["total"], ["total", String(one.unitActivity.prefix(2))]], &sums)
    }
    #expect(told.filter { $0.key.hasPrefix("01000 ") } == sums)
    let workplace = try Self.told("be/onss_workplace.csv", place: "ins", counted: "unites_locales")
    #expect(told["01000 total total"]?.jobs == workplace["01000 total total"]?.jobs)
    #expect(told["01000 total total"]?.tenths == workplace["01000 total total"]?.tenths)
    // The two views are not the same where it matters.
    #expect(told.keys.contains { $0.hasPrefix("21004") && told[$0]?.jobs != workplace[$0]?.jobs })
  }

  @Test(arguments: [
    ("be/onss_workplace.csv", "ins", "unites_locales"), ("be/onss_head_office.csv", "ins_siege", "employeurs"),
  ])
  func `totals are those of their parts, in every quarter`(name: String, place: String, counted: String) throws {
    var parts: [String: Sum] = [:]
    var totals: [String: Sum] = [:]
    let rows = try Published.table(name)
    for row in rows {
      let quarter = "\(row["annee"] ?? "") \(row["trimestre"] ?? "")"
      let sum = Self.row(row, counted)
      func add(_ key: String) {
        parts[key, default: Sum()].count += sum.count
        parts[key, default: Sum()].jobs += sum.jobs
        parts[key, default: Sum()].tenths += sum.tenths
      }
      if row["nacebel"] == "total" { totals["\(quarter) \(Self.cell(row, place))"] = sum }
      guard row["nacebel"] != "total" else { continue }
      add("\(quarter) \(row[place] ?? "") \(row["champ"] ?? "") total")
      guard row[place] != "01000" else { continue }
      add("\(quarter) 01000 \(row["champ"] ?? "") \(row["nacebel"] ?? "")")
    }
    for row in rows where row[place] == "01000" && row["nacebel"] != "total" {
      totals["\(row["annee"] ?? "") \(row["trimestre"] ?? "") \(Self.cell(row, place))"] = Self.row(row, counted)
    }
    #expect(Set(rows.map { $0["trimestre"] }) == ["1", "2", "3", "4"])
    #expect(totals == parts)
  }

  /// Hotels are full in June, schools empty.
  @Test func `quarters have their seasons`() throws {
    var jobs: [String: [String: Int]] = [:]
    for row in try Published.table("be/onss_workplace.csv") where row["ins"] == "01000" && row["champ"] == "total" {
      jobs[row["nacebel"] ?? "", default: [:]][row["trimestre"] ?? "", default: 0] += Published.number(row["postes"])
    }
    func ratio(_ division: String) -> Double {
      Double(jobs[division]?["2"] ?? 0) / Double(max(1, jobs[division]?["4"] ?? 0))
    }
    #expect(ratio("55") > 1.15)
    #expect(ratio("85") < 1)
    #expect(ratio("total") < 1.01 && ratio("total") > 0.95)
  }

  @Test func `VAT is by arrondissement, and hides what rests on too few`() throws {
    let rows = try Published.table("be/vat_turnover.csv")
    #expect(Set(rows.map { $0["ins"] }) == ["92000", "63000", "44000", "21000"])
    #expect(rows.count > 200)
    for row in rows {
      let hidden = Published.number(row["assujettis"]) < 4
      #expect((row["chiffre_affaires"] == "s") == hidden && (row["investissements"] == "s") == hidden)
      if !hidden {
        #expect(Published.number(row["chiffre_affaires"]) > Published.number(row["investissements"]))
      }
    }
  }
}
