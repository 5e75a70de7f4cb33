import Diagnostics
import TestSupport
import Testing

@testable import Registers

/// What a table that is wrong in places still tells, and what it may not make look exact.
@Suite("Faults in tables of publishers")
struct AggregateFaultTests {
  @Test func `a figure that is no number has no value, and its row is rejected with its other figures told`() throws {
    let reading = try readTable(
      FirstLine.ess + "2024;32;x;OUI;Associations;88;2;abc;500\n2024;32;x;OUI;Associations;94;1;9;100\n", "urssaf")
    #expect(reading.account.rejected == ["number": 1] && reading.account.kept == 1)
    #expect(reading.account.rejectedRows.map(\.line) == [2])
    #expect(reading.figures.map(\.value) == [2, nil, 500, 1, 9, 100])
    #expect(reading.figures.allSatisfy { !$0.isSecret })
  }

  @Test func `a cell told again after one that is no number is told once`() throws {
    let row = { (jobs: String) in "2024;32;x;OUI;Associations;88;2;\(jobs);500\n" }
    for rows in [row("abc") + row("9"), row("9") + row("abc")] {
      let reading = try readTable(FirstLine.ess + rows, "urssaf")
      #expect(reading.account.rejectedCount >= 1 && reading.figures.count == 3)
    }
  }

  @Test func `a part that is no number is unknown, not zero, to its total`() throws {
    let total = FirstLine.flores + "32;REG;Associations;_T;EFF_3112;2023;100\n"
    let rows = { (jobs: String) in
      "32;REG;Associations;OQ;EFF_3112;2023;60\n32;REG;Associations;AZ;EFF_3112;2023;\(jobs)\n"
    }
    #expect(throws: Never.self) { try readTable(total + rows("4O"), "flores") }
    expectProblem("aggregate.wrong_total", line: 2) { _ = try readTable(total + rows("0"), "flores") }
  }

  @Test(
    arguments: [
      ("2024;5;03000;ES;88;1;2;3;4", "quarter"), ("2024;;03000;ES;88;1;2;3;4", "quarter"),
      ("2024;1;03000;ES;04;1;2;3;4", "activity"), ("2099;1;03000;ES;88;1;2;3;4", "year"),
      ("2024;1;99999;ES;88;1;2;3;4", "place"), ("2024;1;03000;peut-être;88;1;2;3;4", "code"),
    ])
  func `a row is rejected for what it is`(row: String, reason: String) throws {
    let reading = try readTable(FirstLine.onss + row + "\n", "onss")
    #expect(reading.account.rejected == [reason: 1] && reading.figures.isEmpty)
  }

  @Test func `a measure and a family of nobody are told as such`() throws {
    let rows = "32;REG;Associations;OQ;PATENTS;2023;1\n32;REG;Syndicats;OQ;EFF_3112;2023;1\n"
    #expect(try readTable(FirstLine.flores + rows, "flores").account.rejected == ["measure": 1, "family": 1])
  }

  @Test func `columns of a year that has not begun are none`() {
    let header = "code_commune;ape;nombre_d_etablissements_2099;effectifs_salaries_2099\n"
    expectProblem("aggregate.no_layout") { _ = try readTable(header + "59350;8899B;1;2\n", "urssaf") }
    expectProblem("aggregate.no_layout") { _ = try readTable("CODGEO;LIBGEO;ETTOT80\n59350;Lille;3\n", "flores") }
  }

  // MARK: - Totals

  @Test func `a whole is not less than one of its parts, whatever is missing`() throws {
    let row = { (geo: String, object: String, jobs: String) in "\(geo);\(object);_T;_T;EFF_3112;2023;\(jobs)\n" }
    expectProblem("aggregate.wrong_total", line: 2) {
      _ = try readTable(FirstLine.flores + row("F", "FRANCE", "969") + row("32", "REG", "1969"), "flores")
    }
    expectProblem("aggregate.wrong_total", line: 2) {
      _ = try readTable(
        FirstLine.flores + row("F", "FRANCE", "969") + row("32", "REG", "1969") + row("11", "REG", "s"), "flores")
    }
    #expect(throws: Never.self) {
      try readTable(FirstLine.flores + row("F", "FRANCE", "2969") + row("32", "REG", "1969"), "flores")
    }
  }

  /// An attacker's: 9,781 jobs where the activities have 7,781, and one of them is told of a region only.
  @Test func `where a publisher lists every activity, a total is their sum`() throws {
    let rows = { (total: Int, jobs: String) in
      FirstLine.onss + "2022;1;01000;total;total;2;\(total);2;2\n2022;1;01000;total;88;1;\(jobs);1;1\n"
        + "2022;1;01000;total;87;1;2781;1;1\n2022;1;03000;total;62;1;5;1;1\n"
    }
    #expect(throws: Never.self) { try readTable(rows(7781, "5000"), "onss") }
    let problem = expectProblem("aggregate.wrong_total", line: 2) { _ = try readTable(rows(9781, "5000"), "onss") }
    #expect(problem?.facts["sum"] == "#7781" && problem?.facts["parts"] == "#2")
    // Hidden or unreadable, a part may be all that lacks; so may a row that nobody can place.
    for hidden in ["s", "5OOO"] { #expect(throws: Never.self) { try readTable(rows(9781, hidden), "onss") } }
    let unknown = rows(9781, "5000") + "2022;1;01000;total;04;1;2000;1;1\n"
    #expect(try readTable(unknown, "onss").account.rejected == ["activity": 1])
  }

  /// Brussels is in none.
  @Test func `the ten provinces are less than Belgium`() throws {
    let provinces = ["10000", "20001", "20002", "30000", "40000", "50000", "60000", "70000", "80000", "90000"]
    let rows = { (belgium: Int) in
      FirstLine.onss + "2022;1;01000;total;total;\(belgium);\(belgium);1;1\n"
        + provinces.map { "2022;1;\($0);total;total;10;10;0;0\n" }.joined()
    }
    #expect(try readTable(rows(120), "onss").account.kept == 11)
    expectProblem("aggregate.wrong_total", line: 2) { _ = try readTable(rows(80), "onss") }
  }
}
