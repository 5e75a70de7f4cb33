import Foundation
import Tabular
import TestSupport
import Testing

@testable import Simulator

@Suite("Simulated annual accounts")
struct AccountTests {
  /// A deposit, its rubrics by period and code.
  private struct Deposit {
    var enterprise = ""
    var model = ""
    var end = ""
    var deposited = ""
    var values: [String: [String: String]] = [:]

    func amount(_ code: String, _ period: String) -> Int { Int(values[period]?[code] ?? "0") ?? .min }
  }

  private static let result = Result { () throws -> [String: Deposit] in
    let table = try Sample.rows("\(try Published.folder)/be/nbb_accounts.csv")
    var deposits: [String: Deposit] = [:]
    for row in table.rows {
      guard row["origin"] == "simulated" else { continue }
      let reference = row["ReferenceNumber"] ?? ""
      var deposit = deposits[reference] ?? Deposit()
      deposit.enterprise = row["EnterpriseNumber"] ?? ""
      deposit.model = row["ModelType"] ?? ""
      deposit.end = row["EndDate"] ?? ""
      deposit.deposited = row["DepositDate"] ?? ""
      deposit.values[row["Period"] ?? "", default: [:]][row["Rubric"] ?? ""] = row["Value"]
      deposits[reference] = deposit
    }
    return deposits
  }

  private static var deposits: [String: Deposit] { get throws { try result.get() } }

  @Test func `balances balance, and results follow from their parts`() throws {
    let deposits = try Self.deposits
    #expect(deposits.count > 60)
    for (reference, deposit) in deposits {
      for period in deposit.values.keys {
        func value(_ code: String) -> Int { deposit.amount(code, period) }
        #expect(value("20/58") == value("10/49"), "\(reference) \(period)")
        #expect(value("21/28") + value("29/58") == value("20/58"), "\(reference) \(period)")
        #expect(value("10/15") + value("16") + value("17/49") == value("10/49"), "\(reference) \(period)")
        #expect(value("17") + value("42/48") + value("492/3") == value("17/49"), "\(reference) \(period)")
        #expect(value("15") <= value("10/15"))
        let isFull = ["m01-f", "m81-f", "m04-f"].contains(deposit.model)
        if isFull {
          #expect(value("70/76A") - value("60/66A") == value("9901"), "\(reference) \(period)")
          #expect(value("70") + value("73") + value("74") == value("70/76A"), "\(reference) \(period)")
          #expect(value("60/61") + value("62") + value("630") + value("640/8") == value("60/66A"))
        } else {
          #expect(value("9900") - value("62") - value("630") - value("640/8") == value("9901"), "\(reference)")
        }
        #expect(value("9901") + value("75/76B") - value("65/66B") == value("9903"), "\(reference) \(period)")
        #expect(value("9903") - value("67/77") == value("9904"), "\(reference) \(period)")
      }
    }
  }

  @Test func `the year before is what its own deposit said`() throws {
    let deposits = try Self.deposits.values
    let ends = Dictionary(grouping: deposits) { "\($0.enterprise) \($0.end)" }
    var compared = 0
    for deposit in deposits {
      let end = "\((Int(deposit.end.prefix(4)) ?? 0) - 1)\(deposit.end.dropFirst(4))"
      for older in ends["\(deposit.enterprise) \(end)"] ?? [] {
        for (code, value) in deposit.values["NM1"] ?? [:] {
          guard let told = older.values["N"]?[code] else { continue }
          #expect(told == value, "\(deposit.enterprise) \(code)")
          compared += 1
        }
      }
    }
    #expect(compared > 500)
  }

  @Test func `full-time equivalents are those of the establishments`() throws {
    var tenths: [String: Int] = [:]
    for one in try Published.belgian { tenths[one.unit.filter { $0 != "." }, default: 0] += one.tenths }
    var employers = 0
    for deposit in try Self.deposits.values where deposit.end.hasPrefix(Published.last) {
      let told = deposit.values["N"]?["1003"]
      #expect((told.map { Published.tenths($0) } ?? 0) == tenths[deposit.enterprise] ?? 0, "\(deposit.enterprise)")
      if let staff = deposit.values["N"]?["9087"] { #expect(staff == told) }
      employers += told == nil ? 0 : 1
    }
    #expect(employers > 10)
  }

  @Test func `models follow the form, and small associations deposit elsewhere`() throws {
    let enterprises = Published.by(
      "EnterpriseNumber", try Sample.rows("\(try Published.folder)/be/KboOpenData_Full.zip", "enterprise.csv").rows)
    let forms = Dictionary(
      uniqueKeysWithValues: enterprises.map { ($0.filter { $0 != "." }, $1["JuridicalForm"] ?? "") })
    var associations = 0
    for (reference, deposit) in try Self.deposits {
      let form = try #require(forms[deposit.enterprise], "\(deposit.enterprise)")
      let isAssociation = ["017", "125", "026", "029", "018"].contains(form)
      let models =
        isAssociation ? ["m04-f", "m05-f", "m08-f"] : ["m01-f", "m02-f", "m07-f", "m81-f", "m82-f", "m87-f"]
      #expect(models.contains(deposit.model), "\(reference) \(form)")
      #expect(reference.prefix(4) <= deposit.deposited.prefix(4))
      #expect(deposit.end < deposit.deposited)
      guard isAssociation else { continue }
      associations += 1
      let staff = Published.tenths(deposit.values["N"]?["1003"] ?? "0.0")
      #expect(staff > 50 || deposit.amount("20/58", "N") > 1_337_000, "\(reference)")
    }
    #expect(associations > 5)
  }

  @Test func `the answers of the web service are deposits of the file, in all their spellings`() throws {
    let container = try Container.open("\(try Published.folder)/be/nbb_json.zip")
    var periods: Set<String> = []
    var spellings: Set<String> = []
    #expect(container.tableNames.count > 5)
    for name in container.tableNames {
      let bytes = try readAll(try container.stream(name))
      let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
      let reference = try #require(object["ReferenceNumber"] as? String)
      #expect(name == "\(reference).json")
      let deposit = try #require(try Self.deposits[reference])
      #expect(object["EnterpriseNumber"] as? String == deposit.enterprise)
      #expect(object["ModelType"] as? String == deposit.model)
      #expect((object["ExerciseDates"] as? [String: String])?["endDate"] == deposit.end)
      var values: [String: [String: Double]] = [:]
      for rubric in try #require(object["Rubrics"] as? [[String: Any]]) {
        let (code, period) = (rubric["Code"] as? String ?? "", rubric["Period"] as? String ?? "")
        periods.insert(period)
        spellings.insert(code)
        values[period == "N" ? "N" : "NM1", default: [:]][code == "170/174" ? "170/4" : code] =
          rubric["Value"] as? Double ?? Double(rubric["Value"] as? String ?? "")
      }
      #expect(values == deposit.values.mapValues { $0.mapValues { Double($0) ?? .nan } }, "\(name)")
    }
    #expect(periods.isSuperset(of: ["N", "NM1", "N-1", "N1"]))
    #expect(spellings.isSuperset(of: ["170/4", "170/174"]))
  }
}
