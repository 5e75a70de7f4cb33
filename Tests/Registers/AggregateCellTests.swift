import TestSupport
import Testing

@testable import Registers

/// Which cell a figure of a table is of, and what is said of a row that has none.
@Suite("Cells of publishers' tables")
struct AggregateCellTests {
  @Test func `the table of Urssaf by region`() throws {
    let reading = try readTable(
      FirstLine.ess
        + "2024;32;Hauts-de-France;OUI;Associations;88 Action sociale sans hébergement;1234;56789,25;1234567890\n",
      "urssaf")
    #expect(reading.layout == "urssaf-ess-regions")
    let cell = Aggregate.Cell(
      territory: "FR-REG-32", year: 2024, quarter: 0, field: "ess", family: "association", classification: "a88",
      activity: "88", measure: "jobs_average")
    #expect(reading.figures.map(\.cell.measure) == ["establishments", "jobs_average", "gross_pay"])
    #expect(reading.figures.map(\.value) == [1234, 56789.25, 1_234_567_890])
    #expect(reading.figures[1].cell == cell)
  }

  @Test(arguments: [
    ("01000", "BE"), ("03000", "BE-REG-03000"), ("50000", "BE-PRO-50000"), ("52000", "BE-ARR-52000"),
    ("92094", "BE-COM-92094"), ("2000", "BE-REG-02000"), ("52063", "BE-COM-52063"),
  ])
  func `every Belgian code finds its level`(code: String, territory: String) throws {
    let reading = try readTable(FirstLine.onss + "2024;1;\(code);ES;88;1;2;1,5;9\n", "onss")
    #expect(reading.figures.first?.cell.territory == territory)
    #expect(reading.figures.first?.cell.quarter == 1)
  }

  @Test(arguments: [
    ("31", "FR-AREG-31", true), ("32", "FR-REG-32", false), ("1", "FR-REG-01", false),
  ])
  func `a region of before 2016 keeps its code`(code: String, territory: String, isFormer: Bool) throws {
    let reading = try readTable(FirstLine.ess + "2010;\(code);;OUI;Mutuelles;65;1;2;3\n", "urssaf")
    #expect(reading.figures.first?.cell.territory == territory)
    #expect((reading.account.remarks["former_territory"] == 1) == isFormer)
  }

  @Test func `levels of the NACE-BEL are classifications of their own`() throws {
    let rows = ["88", "889", "8899", "88999"].map { "2024;1;03000;ES;\($0);1;2;3;4\n" }
    let reading = try readTable(FirstLine.onss + rows.joined(), "onss")
    let found = Set(reading.figures.map { "\($0.cell.classification) \($0.cell.activity)" })
    #expect(
      found == ["a88 88", "nacebel-2008/3 889", "nacebel-2008/4 8899", "nacebel-2008/5 88999"])
    // Of a finer level a table may give some activities only.
    let total = "2024;1;03000;ES;total;10;20;30;40\n2024;1;03000;ES;88;5;9;14;19\n2024;1;03000;ES;87;5;11;16;21\n"
    #expect(throws: Never.self) { try readTable(FirstLine.onss + total + "2024;1;03000;ES;8899;1;2;3;4\n", "onss") }
    expectProblem("aggregate.wrong_total", line: 2) {
      _ = try readTable(FirstLine.onss + total + "2024;1;03000;ES;8899;99;2;3;4\n", "onss")
    }
  }

  /// AZ and six more are codes of A17 and of A38.
  @Test func `the classification of a table is the one that knows all its codes`() throws {
    func rows(_ values: [(String, Int)]) -> String {
      values.map { "32;REG;_T;\($0.0);NB_ETAB;2023;\($0.1)\n" }.joined()
    }
    let codes = ["AZ", "BZ", "CA", "CB", "FZ", "GZ", "HZ", "IZ", "KZ", "LZ", "JA", "JB"]
    let reading = try readTable(FirstLine.flores + rows([("_T", 12)] + codes.map { ($0, 1) }), "flores")
    #expect(Set(reading.figures.map(\.cell.classification)) == ["", "a38"])
    expectProblem("aggregate.wrong_total") {
      _ = try readTable(FirstLine.flores + rows([("_T", 40)] + codes.map { ($0, 1) }), "flores")
    }
    // Both at once: nobody can say whose AZ is, and nothing is refused for it.
    let mixed = try readTable(FirstLine.flores + rows([("_T", 12), ("OQ", 3)] + codes.map { ($0, 1) }), "flores")
    #expect(mixed.account.kept == 14)
  }

  @Test(
    arguments: [
      ("2024;99;x;OUI;Associations;88;1;2;3", "place"), ("24;32;x;OUI;Associations;88;1;2;3", "year"),
      ("2024;32;x;OUI;Associations;95;1;2;3", ""), ("2024;32;x;OUI;Associations;04;1;2;3", "activity"),
      ("2024;32;x;PEUT-ÊTRE;Associations;88;1;2;3", "code"), ("2024;32;x;OUI;Syndicats;88;1;2;3", "family"),
      ("2024;32;x;NON;Associations;88;1;2;3", "family"), ("2024;32;x;OUI;Hors ESS;88;1;2;3", "family"),
      ("2099;32;x;OUI;Associations;88;1;2;3", "year"),
      ("2024;32;x;OUI;Associations;88;-1;2;3", "number"), ("2024;32;x;OUI;Associations;88;un;2;3", "number"),
      ("2024;32;x;OUI;Associations;88;1;2;99999999999999999999", "number"),
    ])
  func `a row that cannot be understood is set aside with its reason`(row: String, reason: String) throws {
    let account = try readTable(FirstLine.ess + row + "\n", "urssaf").account
    #expect(account.rejected == (reason.isEmpty ? [:] : [reason: 1]), "\(row)")
  }

  @Test func `a cell told twice is told once`() throws {
    let row = "2024;32;x;OUI;Associations;88;1;2;3\n"
    #expect(try readTable(FirstLine.ess + row + row, "urssaf").account.rejected == ["cell": 1])
    // Spreadsheets leave blank rows at the end.
    let blank = try readTable(FirstLine.ess + row + ";;;;;;;;\n", "urssaf").account
    #expect(blank.read == 1 && blank.kept == 1)
  }

  @Test func `what the publisher hides is not zero`() throws {
    let figures = try readTable(
      FirstLine.flores
        + "32;REG;Associations;OQ;EFF_3112;2023;s\n32;REG;Mutuelles;OQ;EFF_3112;2023;0\n32;REG;Fondations;OQ;EFF_3112;2023;\n",
      "flores"
    ).figures
    #expect(figures.map(\.value) == [nil, 0, nil])
    #expect(figures.map(\.isSecret) == [true, false, false])
  }

  @Test func `a lone mark is not read as decimals where the column groups with it`() throws {
    let row = { (place: String, pay: String) in "2024;1;\(place);ES;88;1;2;3;\(pay)\n" }
    let both = try readTable(FirstLine.onss + row("03000", "234.567") + row("02000", "1.234.567"), "onss")
    #expect(both.account.rejected == ["number": 1])
    #expect(both.figures.filter { $0.cell.measure == "gross_pay" }.map(\.value) == [nil, 1_234_567])
    let alone = try readTable(FirstLine.onss + row("03000", "234.567") + row("02000", "1 234 567,5"), "onss")
    #expect(alone.figures.filter { $0.cell.measure == "gross_pay" }.map(\.value) == [234.567, 1_234_567.5])
  }
}
