import Filesystem
import Tabular
import Testing

@testable import Simulator

@Suite struct KboTests {
  private static func holds(_ number: String?) -> Bool {
    let text = (number ?? "").filter { $0 != "." }
    guard text.utf8.count == 10, let digits = Int(text) else { return false }
    return digits % 100 == 97 - digits / 100 % 97
  }

  @Test func tablesAgree() throws {
    try Sample.simulated(Sample.plan("BE", scale: 0.02)) { folder in
      let path = "\(folder)/be/KboOpenData_Full.zip"
      #expect(!Folder.exists("\(folder)/fr"))
      #expect(
        try Container.open(path).tableNames
          == [
            "meta", "code", "enterprise", "establishment", "denomination", "address", "activity",
            "branch", "contact",
          ].map { "\($0).csv" })
      let enterprises = try Sample.rows(path, "enterprise.csv").rows
      let units = try Sample.rows(path, "establishment.csv").rows
      let numbers = enterprises.map { $0["EnterpriseNumber"] ?? "" }
      let unitNumbers = units.map { $0["EstablishmentNumber"] ?? "" }
      #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
      #expect(zip(unitNumbers, unitNumbers.dropFirst()).allSatisfy { $0 < $1 })
      #expect((numbers + unitNumbers).filter { !Self.holds($0) }.isEmpty)
      let known = Set(numbers)
      let all = known.union(unitNumbers)
      #expect(units.allSatisfy { known.contains($0["EnterpriseNumber"] ?? "") })
      for name in ["denomination.csv", "address.csv", "activity.csv", "contact.csv"] {
        let table = try Sample.rows(path, name)
        #expect(table.faults == 0)
        #expect(!table.rows.isEmpty)
        #expect(table.rows.allSatisfy { all.contains($0["EntityNumber"] ?? "") })
      }
      let persons = Set(
        enterprises.filter { $0["TypeOfEnterprise"] == "1" }.map { $0["EnterpriseNumber"] ?? "" })
      #expect(!persons.isEmpty)
      let addresses = try Sample.rows(path, "address.csv").rows
      #expect(addresses.allSatisfy { !persons.contains($0["EntityNumber"] ?? "") })
    }
  }

  /// Text in quotes, dates without, nothing where there is nothing: byte for byte as the publisher.
  @Test func quotingIsThePublishers() throws {
    try Sample.simulated(Sample.plan("BE-COM-92094", scale: 0.01)) { folder in
      let stream = try Container.open("\(folder)/be/KboOpenData_Full.zip").stream("enterprise.csv")
      var block = [UInt8](repeating: 0, count: 4_000)
      let count = try block.withUnsafeMutableBytes { try stream.read(into: $0) }
      let lines = String(decoding: block[..<count], as: UTF8.self).split(separator: "\n")
      let columns = [
        "EnterpriseNumber", "Status", "JuridicalSituation", "TypeOfEnterprise", "JuridicalForm",
        "JuridicalFormCAC", "StartDate",
      ]
      let header = try #require(lines.first)
      #expect(String(header) == columns.map { "\"\($0)\"" }.joined(separator: ","))
      let line = try #require(lines.dropFirst().first)
      #expect(line.hasPrefix("\"0"))
      #expect(line.suffix(10).split(separator: "-").map(\.utf8.count) == [2, 2, 4])
    }
  }
}
